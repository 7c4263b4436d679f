/* Not ending, or not all at once: signals, stops, replacements, threads. */
#define _GNU_SOURCE
#include "escape.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static void term_ignored(void) {
	if (forked() == 0) {
		ignore(SIGTERM);
		member("child");
	}
}

static void ignore_everything(void) {
	for (int signal_number = 1; signal_number <= SIGRTMAX; signal_number++) {
		ignore(signal_number);
	}
}

static void everything_ignored(void) {
	if (daemonized()) {
		ignore_everything();
		member("daemon");
	}
}

static void stopped(void) {
	pid_t pid = forked();
	if (pid == 0) {
		setpgid(0, 0);
		announce("stopped");
		raise(SIGSTOP);
		idle();
	}
	waitpid(pid, NULL, WUNTRACED);
}

static void stopped_deaf(void) {
	pid_t pid = forked();
	if (pid == 0) {
		sigset_t term;
		sigemptyset(&term);
		sigaddset(&term, SIGTERM);
		sigprocmask(SIG_BLOCK, &term, NULL);
		setsid();
		announce("stopped");
		raise(SIGSTOP);
		idle();
	}
	waitpid(pid, NULL, WUNTRACED);
}

static void stopped_program(void) {
	if (forked() == 0) {
		member("child");
	}
	announce("program");
	raise(SIGSTOP);
	idle();
}

static void fork_and_exit(int signal_number) {
	(void)signal_number;
	if (forked() == 0) {
		setsid();
		ignore(SIGTERM);
		member("forked-on-term");
	}
	_exit(0);
}

static void forks_on_term(void) {
	if (forked() == 0) {
		signal(SIGTERM, fork_and_exit);
		member("child");
	}
}

static void daemon_on_term_handler(int signal_number) {
	(void)signal_number;
	if (daemonized()) {
		ignore(SIGTERM);
		member("daemon-on-term");
	}
	_exit(0);
}

static void daemon_on_term(void) {
	signal(SIGTERM, daemon_on_term_handler);
}

static void respawner(void) {
	if (forked() == 0) {
		setsid();
		ignore(SIGTERM);
		pid_t worker = 0;
		for (int started = 0; started < 200 && !is_over(); started++) {
			worker = forked();
			if (worker == 0) {
				setsid();
				signal(SIGTERM, SIG_DFL);
				member("worker");
			}
			if (started == 0) {
				announce("respawner");
			}
			waitpid(worker, NULL, 0);
		}
		idle();
	}
}

struct twins {
	pid_t pids[2];
	int forks;
};

/* Whoever misses the other one makes it anew. */
static void watch_over_twin(struct twins *twins, int self) {
	ignore(SIGTERM);
	ignore(SIGCHLD);
	twins->pids[self] = getpid();
	announce("twin");
	for (;;) {
		pid_t other = __atomic_load_n(&twins->pids[1 - self], __ATOMIC_SEQ_CST);
		if (is_over()) {
			idle();
		}
		if (other != 0 && kill(other, 0) != 0 && __atomic_add_fetch(&twins->forks, 1, __ATOMIC_SEQ_CST) < 200) {
			__atomic_store_n(&twins->pids[1 - self], 0, __ATOMIC_SEQ_CST);
			if (forked() == 0) {
				setsid();
				self = 1 - self;
				twins->pids[self] = getpid();
				announce("twin");
			}
		}
		pause_ms(1);
	}
}

static void twins(void) {
	struct twins *twins = shared(sizeof(*twins));
	for (int i = 0; i < 2; i++) {
		if (daemonized()) {
			watch_over_twin(twins, i);
		}
	}
}

/* Never the same process for long. Bounded, because its zombies may have nobody to reap them. */
static void hop(bool new_session) {
	if (forked() != 0) {
		return;
	}
	ignore(SIGTERM);
	for (int hops = 0; hops < 500 && !is_over(); hops++) {
		announce("hopper");
		pace_ms(3 * SLOWNESS);
		if (forked() != 0) {
			_exit(0);
		}
		if (new_session) {
			setsid();
		}
	}
	if (is_over()) {
		_exit(0);
	}
	member("hopper");
}

static void hopper(void) {
	hop(false);
}

static void hopper_own_sessions(void) {
	hop(true);
}

static bool first_thread_is_gone(void) {
	char stat[512] = "";
	int file = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
	ssize_t length = read(file, stat, sizeof(stat) - 1);
	close(file);
	stat[length > 0 ? length : 0] = 0;
	char *name_end = strrchr(stat, ')');
	return name_end != NULL && name_end[2] == 'Z';
}

static void *outlive_first_thread(void *name) {
	while (!first_thread_is_gone()) {
		pause_ms(1);
	}
	member(name);
}

/* The kernel shows the process as a zombie while it runs on. */
static void headless(char *name) {
	pthread_t thread;
	ignore(SIGTERM);
	pthread_create(&thread, NULL, outlive_first_thread, name);
	pthread_exit(NULL);
}

static void headless_child(void) {
	if (forked() == 0) {
		headless("headless");
	}
}

static void headless_own_session(void) {
	if (forked() == 0) {
		setsid();
		headless("headless");
	}
}

static void headless_daemon(void) {
	if (daemonized()) {
		headless("headless");
	}
}

static void headless_program(void) {
	headless("program");
}

static void *spin(void *nothing) {
	while (!is_over()) {
		pause_ms(1);
	}
	return nothing;
}

static void many_threads(void) {
	if (forked() == 0) {
		ignore(SIGTERM);
		for (int i = 0; i < 20; i++) {
			pthread_t thread;
			pthread_create(&thread, NULL, spin, NULL);
		}
		member("threads");
	}
}

static void traced(void) {
	if (forked() == 0) {
		setsid();
		pid_t pid = forked();
		if (pid == 0) {
			setsid();
			if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0) {
				impossible("ptrace");
			}
			announce("traced");
			raise(SIGSTOP);
			idle();
		}
		waitpid(pid, NULL, 0);
		ignore(SIGTERM);
		member("tracer");
	}
}

static volatile sig_atomic_t asked_to_end;

static void note(int signal_number) {
	asked_to_end = signal_number;
}

static void slow_to_exit(void) {
	if (forked() == 0) {
		setsid();
		signal(SIGTERM, note);
		announce("slow");
		while (!asked_to_end && !is_over()) {
			pause_ms(5);
		}
		pause_ms(200);
		_exit(0);
	}
}

static void zombies(void) {
	if (forked() == 0) {
		for (int i = 0; i < 20; i++) {
			if (forked() == 0) {
				_exit(0);
			}
		}
		setsid();
		member("negligent-parent");
	}
}

static void breed(int *births, int most, long pause) {
	announce("breeder");
	while (__atomic_add_fetch(births, 1, __ATOMIC_SEQ_CST) < most && !is_over()) {
		if (forked() == 0) {
			setsid();
			if (forked() != 0) {
				pause_ms(5);
				_exit(0);
			}
			pause_ms(20);
			_exit(0);
		}
		pace_ms(pause * SLOWNESS * SLOWNESS);
	}
	idle();
}

void breeders(int count) {
	int *births = shared(sizeof(int));
	ignore(SIGTERM);
	for (int i = 0; i < count; i++) {
		if (daemonized()) {
			ignore(SIGCHLD);
			breed(births, 1000 * count, 200);
		}
	}
	announce("program");
	idle();
}

/* Bounded, and under an init of its own that reaps: it must not fill the machine's table. */
static void storm(void) {
	int *births = shared(sizeof(int));
	if (forked() == 0) {
		if (unshare(CLONE_NEWPID) != 0) {
			impossible("unshare(CLONE_NEWPID)");
		}
		ignore(SIGTERM);
		if (forked() == 0) {
			for (int i = 0; i < 6; i++) {
				if (forked() == 0) {
					setsid();
					breed(births, 4000, 5);
				}
			}
			announce("init");
			while (!is_over()) {
				if (waitpid(-1, NULL, WNOHANG) <= 0) {
					pause_ms(1);
				}
			}
			_exit(0);
		}
		member("outside");
	}
}

const struct way stubborn_ways[] = {
	{"term-ignored", 2, term_ignored},
	{"everything-ignored", 2, everything_ignored},
	{"stopped", 2, stopped},
	{"stopped-deaf", 2, stopped_deaf},
	{"stopped-program", 2, stopped_program},
	{"forks-on-term", 2, forks_on_term},
	{"daemon-on-term", 1, daemon_on_term},
	{"respawner", 3, respawner},
	{"twins", 3, twins},
	{"hopper", 2, hopper},
	{"hopper-own-sessions", 2, hopper_own_sessions},
	{"headless", 2, headless_child},
	{"headless-own-session", 2, headless_own_session},
	{"headless-daemon", 2, headless_daemon},
	{"headless-program", 1, headless_program},
	{"many-threads", 2, many_threads},
	{"traced", 3, traced},
	{"slow-exit", 2, slow_to_exit},
	{"zombies", 2, zombies},
	{"storm", 9, storm},
	{NULL, 0, NULL},
};
