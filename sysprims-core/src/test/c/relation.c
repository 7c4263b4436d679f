/* Leaving the parent, the group, the session, the namespace. */
#define _GNU_SOURCE
#include "escape.h"

#include <fcntl.h>
#include <pty.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void background(void) {
	for (int i = 0; i < 3; i++) {
		if (forked() == 0) {
			if (forked() == 0) {
				member("grandchild");
			}
			member("child");
		}
	}
}

static void own_group(void) {
	if (forked() == 0) {
		setpgid(0, 0);
		member("child");
	}
}

/* Each is in the group that the other one leads. */
static void swapped_groups(void) {
	pid_t *pids = shared(2 * sizeof(pid_t));
	for (int i = 0; i < 2; i++) {
		if (forked() == 0) {
			setpgid(0, 0);
			__atomic_store_n(&pids[i], getpid(), __ATOMIC_SEQ_CST);
			while (__atomic_load_n(&pids[1 - i], __ATOMIC_SEQ_CST) == 0) {
				pause_ms(1);
			}
			setpgid(0, pids[1 - i]);
			member("swapped");
		}
	}
}

static void new_session(void) {
	if (forked() == 0) {
		setsid();
		member("child");
	}
}

static void orphan(void) {
	if (orphaned()) {
		member("orphan");
	}
}

static void orphan_own_group(void) {
	if (orphaned()) {
		setpgid(0, 0);
		member("orphan");
	}
}

static void late_session_of_an_orphan(void) {
	if (orphaned()) {
		setsid();
		member("orphan");
	}
}

static void plain_daemon(void) {
	if (daemonized()) {
		member("daemon");
	}
}

static void nested_daemons(void) {
	for (int depth = 0; depth < 5; depth++) {
		if (!daemonized()) {
			if (depth == 0) {
				return;
			}
			member("daemon");
		}
	}
	member("daemon");
}

static void nohup(void) {
	if (forked() == 0) {
		ignore(SIGHUP);
		setpgid(0, 0);
		member("nohup");
	}
}

static void terminal(void) {
	int main_end = -1;
	int terminal_end = -1;
	if (openpty(&main_end, &terminal_end, NULL, NULL, NULL) != 0) {
		impossible("openpty");
	}
	if (forked() == 0) {
		setsid();
		ioctl(terminal_end, TIOCSCTTY, 0);
		for (int fd = 0; fd < 3; fd++) {
			dup2(terminal_end, fd);
		}
		close(main_end);
		ignore(SIGHUP);
		if (forked() == 0) {
			setpgid(0, 0);
			member("job-of-terminal");
		}
		member("leader-of-terminal");
	}
}

static void vforked(void) {
	pid_t pid = vfork();
	if (pid == 0) {
		execute_member("vforked", environ);
	}
}

static int announce_for_parent(void *name) {
	live_until_the_deadline();
	member(name);
}

static pid_t cloned(int flags, int (*function)(void *), char *name) {
	size_t size = 256 * 1024;
	char *stack = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
	pid_t pid = clone(function, stack + size, flags | SIGCHLD, name);
	if (pid < 0) {
		impossible("clone");
	}
	return pid;
}

/* The parent waits in the kernel, deaf to everything but a kill. */
static void vfork_parent_waits(void) {
	if (forked() == 0) {
		announce("waiting-parent");
		cloned(CLONE_VM | CLONE_VFORK, announce_for_parent, "borrower");
		idle();
	}
}

/* A child of whoever started the program. */
static void sibling(void) {
	cloned(CLONE_PARENT, announce_for_parent, "sibling");
}

static int leave_session(void *name) {
	live_until_the_deadline();
	setsid();
	member(name);
}

static void sibling_own_session(void) {
	cloned(CLONE_PARENT, leave_session, "sibling");
}

static void first_of_its_namespace(const char *what, int flags) {
	/* In a child, for the children of whoever unshares are in the new one for good. */
	if (forked() == 0) {
		if (unshare(flags) != 0) {
			impossible(what);
		}
		ignore(SIGTERM);
		if (forked() == 0) {
			ignore(SIGTERM);
			if (daemonized()) {
				member("daemon-inside");
			}
			member("init");
		}
		member("outside");
	}
}

static void pid_namespace(void) {
	first_of_its_namespace("unshare(CLONE_NEWPID)", CLONE_NEWPID);
}

static void user_namespace(void) {
	first_of_its_namespace("unshare(CLONE_NEWUSER)", CLONE_NEWUSER | CLONE_NEWPID);
}

static void subreaper(void) {
	if (forked() == 0) {
		prctl(PR_SET_CHILD_SUBREAPER, 1);
		if (daemonized()) {
			member("daemon");
		}
		member("subreaper");
	}
}

static void subreaper_ends(void) {
	if (forked() == 0) {
		prctl(PR_SET_CHILD_SUBREAPER, 1);
		if (daemonized()) {
			member("daemon");
		}
		await_announcements(1);
		_exit(0);
	}
	wait(NULL);
}

static void deep(void) {
	for (int depth = 1; depth <= 50; depth++) {
		if (forked() != 0) {
			if (depth == 1) {
				return;
			}
			member("link");
		}
	}
	member("link");
}

static void wide(void) {
	for (int i = 0; i < 200; i++) {
		if (forked() == 0) {
			member("child");
		}
	}
}

const struct way relation_ways[] = {
	{"background", 7, background},
	{"own-group", 2, own_group},
	{"swapped-groups", 3, swapped_groups},
	{"new-session", 2, new_session},
	{"orphan", 2, orphan},
	{"orphan-own-group", 2, orphan_own_group},
	{"orphan-own-session", 2, late_session_of_an_orphan},
	{"daemon", 2, plain_daemon},
	{"nested-daemons", 6, nested_daemons},
	{"nohup", 2, nohup},
	{"terminal", 3, terminal},
	{"vfork", 2, vforked},
	{"vfork-parent-waits", 3, vfork_parent_waits},
	{"sibling", 2, sibling},
	{"sibling-own-session", 2, sibling_own_session},
	{"pid-namespace", 4, pid_namespace},
	{"user-namespace", 4, user_namespace},
	{"subreaper", 3, subreaper},
	{"subreaper-ends", 2, subreaper_ends},
	{"deep", 51, deep},
	{"wide", 201, wide},
	{NULL, 0, NULL},
};
