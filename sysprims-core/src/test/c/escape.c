/*
 * Ways out of a process tree, one per run:
 *
 *     escape WAY BOOK SECONDS stay|leave    the program of a job; when all is set up it stays, or exits with 0
 *     escape serve BOOK SECONDS             a daemon that starts a worker for whoever asks through BOOK.work
 *     escape breeders BOOK SECONDS COUNT    so many daemons that fork all the time, in a PID namespace only
 *     escape list                           the names of the ways
 *
 * Everybody announces itself in BOOK, and nobody outlives SECONDS: each process has a timer of its own that sends it
 * SIGKILL, which no mask, handler or stop holds up.
 */
#define _GNU_SOURCE
#include "escape.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NANOS 1000000000LL

static char book_path[4096];
static int book = -1;
static long long deadline;
static int expected;

static long long now(void) {
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * NANOS + time.tv_nsec;
}

static struct timespec deadline_time(void) {
	return (struct timespec){.tv_sec = deadline / NANOS, .tv_nsec = deadline % NANOS};
}

__attribute__((noreturn)) static void fail(const char *what) {
	dprintf(STDERR_FILENO, "escape: %s: %s\n", what, strerror(errno));
	_exit(70);
}

void live_until_the_deadline(void) {
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL};
	struct itimerspec at = {.it_value = deadline_time()};
	timer_t timer;
	if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0 ||
			timer_settime(timer, TIMER_ABSTIME, &at, NULL) != 0) {
		fail("no timer, so no deadline");
	}
}

pid_t forked(void) {
	pid_t pid = is_over() ? -1 : fork();
	if (pid < 0) {
		fail("fork");
	}
	if (pid == 0) {
		live_until_the_deadline();
	}
	return pid;
}

static bool child_of_a_gone_parent(bool new_session) {
	pid_t between = forked();
	if (between != 0) {
		waitpid(between, NULL, 0);
		return false;
	}
	if (new_session) {
		setsid();
	}
	pid_t parent = getpid();
	if (forked() != 0) {
		_exit(0);
	}
	while (getppid() == parent) {
		pause_ms(1);
	}
	return true;
}

bool daemonized(void) {
	return child_of_a_gone_parent(true);
}

bool orphaned(void) {
	return child_of_a_gone_parent(false);
}

static void write_in_book(const char *line) {
	/* One write in append mode: lines of many do not mix. */
	if (write(book, line, strlen(line)) < 0) {
		fail(book_path);
	}
}

void announce(const char *name) {
	char stat[1024];
	char line[1280];
	int file = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
	ssize_t length = (file >= 0) ? read(file, stat, sizeof(stat) - 1) : -1;
	if (length <= 0) {
		fail("/proc/self/stat");
	}
	close(file);
	stat[length] = 0;
	/* A name may hold a line feed. */
	for (char *at = stat; *at; at++) {
		*at = (*at == '\n') ? ' ' : *at;
	}
	snprintf(line, sizeof(line), "member %s %s\n", name, stat);
	write_in_book(line);
}

void idle(void) {
	struct timespec until = deadline_time();
	while (now() < deadline) {
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
	}
	_exit(0);
}

void member(const char *name) {
	announce(name);
	idle();
}

void execute_member(const char *name, char *const environment[]) {
	char until[32];
	char *arguments[] = {"escape", "member", book_path, until, (char *)name, NULL};
	snprintf(until, sizeof(until), "%lld", deadline);
	execve("/proc/self/exe", arguments, environment);
	fail("execve");
}

void impossible(const char *what) {
	char line[256];
	snprintf(line, sizeof(line), "impossible %s: %s\n", what, strerror(errno));
	write_in_book(line);
	_exit(77);
}

void await_announcements(int count) {
	for (;;) {
		int lines = 0;
		FILE *file = fopen(book_path, "re");
		char line[2048];
		while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
			lines += strncmp(line, "member ", 7) == 0;
		}
		if (file != NULL) {
			fclose(file);
		}
		if (lines >= count) {
			return;
		}
		pause_ms(2);
	}
}

int announcements_expected(void) {
	return expected;
}

const char *beside_the_book(const char *suffix) {
	static char path[sizeof(book_path) + 16];
	snprintf(path, sizeof(path), "%s%s", book_path, suffix);
	return path;
}

bool is_over(void) {
	return now() >= deadline || access(beside_the_book(".over"), F_OK) == 0;
}

void ignore(int signal_number) {
	signal(signal_number, SIG_IGN);
}

void pause_ms(long milliseconds) {
	struct timespec time = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000};
	nanosleep(&time, NULL);
}

void pace_ms(long milliseconds) {
	long long begun = now();
	pause_ms(milliseconds);
	long behind = (now() - begun) / 1000000 - milliseconds;
	if (behind > 1) {
		pause_ms(20 * behind);
	}
}

void *shared(size_t size) {
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED) {
		fail("mmap");
	}
	return memory;
}

void close_book(void) {
	close(book);
}

static void open_book(const char *path) {
	snprintf(book_path, sizeof(book_path), "%s", path);
	int opened = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	/* Out of the way of those who close or replace the low numbers. */
	book = fcntl(opened, F_DUPFD_CLOEXEC, 100);
	if (book < 0) {
		fail(path);
	}
	close(opened);
}

static void serve(void) {
	char asked;
	const char *queue = beside_the_book(".work");
	if (mkfifo(queue, 0600) != 0) {
		fail(queue);
	}
	int requests = open(queue, O_RDWR | O_CLOEXEC);
	while (read(requests, &asked, 1) == 1) {
		if (forked() == 0) {
			setsid();
			member("worker");
		}
	}
}

static const struct way *const all_ways[] = {relation_ways, trace_ways, stubborn_ways};

static const struct way *way_called(const char *name) {
	for (size_t i = 0; i < sizeof(all_ways) / sizeof(*all_ways); i++) {
		for (const struct way *way = all_ways[i]; way->name != NULL; way++) {
			if (name == NULL) {
				puts(way->name);
			}
			else if (strcmp(way->name, name) == 0) {
				return way;
			}
		}
	}
	return NULL;
}

int main(int argc, char **argv) {
	if (argc == 2 && strcmp(argv[1], "list") == 0) {
		way_called(NULL);
		return 0;
	}
	if (argc != 5 && !(argc == 4 && strcmp(argv[1], "serve") == 0)) {
		fputs("usage: escape WAY BOOK SECONDS stay|leave\n", stderr);
		return 64;
	}
	bool is_member = strcmp(argv[1], "member") == 0;
	deadline = is_member ? atoll(argv[3]) : now() + atoll(argv[3]) * NANOS;
	live_until_the_deadline();
	open_book(argv[2]);
	if (is_member) {
		member(argv[4]);
	}
	if (strcmp(argv[1], "serve") == 0) {
		serve();
	}
	if (strcmp(argv[1], "breeders") == 0) {
		breeders(atoi(argv[4]));
	}
	const struct way *way = way_called(argv[1]);
	if (way == NULL) {
		errno = EINVAL;
		fail(argv[1]);
	}
	char line[64];
	expected = way->announcements;
	snprintf(line, sizeof(line), "expect %d\n", expected);
	write_in_book(line);
	way->run();
	announce("program");
	if (strcmp(argv[4], "leave") == 0) {
		await_announcements(expected);
		return 0;
	}
	idle();
}
