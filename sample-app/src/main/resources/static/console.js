'use strict';

// Everything that comes from the server is set as text, never as markup.

const EVERY = 1000;
const PATIENCE = 10000;

const byId = (id) => document.getElementById(id);
const cards = new Map();
let timer;
let asking = false;
let missed = false;

async function call(path, method = 'GET', patience = PATIENCE) {
  const response = await fetch(path, { method, signal: AbortSignal.timeout(patience), headers: { Accept: 'application/json' } });
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.detail || `${method} ${path} was answered with ${response.status}`);
  }
  return body;
}

function tell(problem) {
  byId('problem').textContent = problem || '';
  byId('problem').hidden = !problem;
}

function setText(element, text) {
  // Untouched text keeps the reader's selection and is not read out again.
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** PT1M3.2S as 1m3.2s. */
function duration(iso) {
  return iso.replace('PT', '').toLowerCase();
}

function stateOf(job) {
  switch (job.outcome || job.state) {
    case 'RUNNING': return ['running', 'busy'];
    case 'ENDING': return ['ending', 'warn'];
    case 'SUCCEEDED': return ['succeeded', 'good'];
    case 'TERMINATED': return ['terminated', 'warn'];
    case 'TIMED_OUT': return ['timed out', 'bad'];
    case 'FAILED': return ['failed', 'bad'];
    default: return [String(job.outcome || job.state).toLowerCase(), 'bad'];
  }
}

function factsOf(job) {
  const facts = [`pid ${job.pid}`, duration(job.elapsed)];
  if (job.exitCode !== undefined) {
    facts.push(`exit code ${job.exitCode}`);
  }
  if (job.signal) {
    facts.push(job.signal);
  }
  if (job.escalated) {
    facts.push('had to be killed');
  }
  if (job.dropped > 0) {
    facts.push(`${job.dropped.toLocaleString('en')} bytes of output not kept`);
  }
  return facts.join(' · ');
}

/** The members in the order of the tree, each with its depth; one whose parent is not among them is a root. */
function inTreeOrder(processes) {
  const pids = new Set(processes.map((process) => process.pid));
  const rows = [];
  const seen = new Set();
  const add = (process, depth) => {
    if (!seen.has(process.pid)) {
      seen.add(process.pid);
      rows.push({ process, depth });
      processes.filter((child) => child.ppid === process.pid).forEach((child) => add(child, depth + 1));
    }
  };
  processes.filter((process) => !pids.has(process.ppid)).forEach((root) => add(root, 0));
  processes.forEach((process) => add(process, 0));
  return rows;
}

function showTree(list, processes) {
  const lines = inTreeOrder(processes).map(({ process, depth }) => {
    const memory = process.memoryKb !== undefined ? `, ${process.memoryKb.toLocaleString('en')} KiB` : '';
    return `${'\u00a0'.repeat(3 * Math.max(0, depth - 1))}${depth > 0 ? '└─ ' : ''}${process.pid} ${process.name || '?'} (${process.state}${memory})`;
  });
  while (list.children.length > lines.length) {
    list.lastElementChild.remove();
  }
  lines.forEach((line, index) => {
    setText(list.children[index] || list.appendChild(document.createElement('li')), line);
  });
}

function showOutput(pre, lines) {
  const text = lines.join('\n');
  if (pre.textContent !== text) {
    const atEnd = pre.scrollTop + pre.clientHeight >= pre.scrollHeight - 4;
    pre.textContent = text;
    if (atEnd) {
      pre.scrollTop = pre.scrollHeight;
    }
  }
}

function newCard(job) {
  const card = byId('job-template').content.cloneNode(true).firstElementChild;
  const button = card.querySelector('.end');
  button.setAttribute('aria-label', `End job ${job.name}, pid ${job.pid}`);
  button.addEventListener('click', () => end(job.id, button));
  cards.set(job.id, card);
  return card;
}

function showJob(job) {
  const card = cards.get(job.id) || newCard(job);
  const [word, tone] = stateOf(job);
  setText(card.querySelector('.name'), job.name);
  const state = card.querySelector('.state');
  setText(state, word);
  state.dataset.tone = tone;
  setText(card.querySelector('.facts'), factsOf(job));
  card.querySelector('.end').hidden = job.state === 'ENDED';
  showTree(card.querySelector('.tree'), job.processes);
  showOutput(card.querySelector('.output'), job.output);
  return card;
}

function show(jobs) {
  const shown = jobs.map(showJob);
  const list = byId('jobs');
  shown.forEach((card, index) => {
    if (list.children[index] !== card) {
      list.insertBefore(card, list.children[index] || null);
    }
  });
  const known = new Set(jobs.map((job) => job.id));
  cards.forEach((card, id) => {
    if (!known.has(id)) {
      card.remove();
      cards.delete(id);
    }
  });
  const live = jobs.filter((job) => job.state !== 'ENDED');
  const processes = live.reduce((sum, job) => sum + job.processes.length, 0);
  setText(byId('summary'), `${live.length} running, ${processes} processes`);
  byId('nothing').hidden = jobs.length > 0;
}

/**
 * Asks once a second while the page is to be seen. Not server-sent events: a browser opens six connections to a
 * server, and the seventh tab would wait for ever. A hidden tab asks nothing.
 */
async function refresh() {
  clearTimeout(timer);
  if (document.hidden) {
    return;
  }
  if (asking) {
    missed = true;
    return;
  }
  asking = true;
  let pause = EVERY;
  try {
    show(await call('jobs'));
  } catch (problem) {
    setText(byId('summary'), `The application does not answer (${problem.message})`);
    pause = 3 * EVERY;
  } finally {
    asking = false;
    timer = setTimeout(refresh, missed ? 0 : pause);
    missed = false;
  }
}

async function start(name, button) {
  button.disabled = true;
  tell();
  try {
    await call(`jobs/${encodeURIComponent(name)}`, 'POST');
  } catch (problem) {
    tell(problem.message);
  } finally {
    button.disabled = false;
    refresh();
  }
}

async function end(id, button) {
  button.disabled = true;
  tell();
  refresh();
  try {
    // Answered when the tree is empty, which takes grace and kill timeout at most.
    const ended = await call(`jobs/${encodeURIComponent(id)}`, 'DELETE', 60000);
    if (ended.survivors.length > 0) {
      tell(`Still there: ${ended.survivors.map((process) => `${process.pid} ${process.name || ''}`).join(', ')}`);
    }
  } catch (problem) {
    tell(problem.message);
  } finally {
    button.disabled = false;
    refresh();
  }
}

async function showPresets() {
  try {
    for (const preset of await call('presets')) {
      const item = byId('preset-template').content.cloneNode(true).firstElementChild;
      const button = item.querySelector('button');
      button.textContent = preset.name;
      button.addEventListener('click', () => start(preset.name, button));
      item.querySelector('span').textContent = preset.description;
      byId('presets').append(item);
    }
  } catch (problem) {
    tell(problem.message);
  }
}

document.addEventListener('visibilitychange', refresh);
showPresets();
refresh();
