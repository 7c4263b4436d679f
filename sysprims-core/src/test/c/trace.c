/* Taking away what one could be recognised by: environment, descriptors, name, user, cgroup, descent. */
#define _GNU_SOURCE
#include "escape.h"

#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

extern char **environ;

static char *const no_environment[] = {NULL};

static void let_go_of_standard_streams(void) {
	int nothing = open("/dev/null", O_RDWR);
	for (int fd = 0; fd < 3; fd++) {
		dup2(nothing, fd);
	}
	close(nothing);
}

static void wiped_environment(void) {
	if (daemonized()) {
		execute_member("daemon", no_environment);
	}
}

/* What the kernel shows as the environment is the memory it was put in at first. */
static void overwrite_environment(void) {
	char *first = environ[0];
	char *end = first;
	for (char **variable = environ; *variable != NULL; variable++) {
		end = *variable + strlen(*variable);
	}
	memset(first, 0, end - first);
}

static void overwritten_environment(void) {
	if (daemonized()) {
		overwrite_environment();
		member("daemon");
	}
}

static void moved_environment(void) {
	unsigned long start = (unsigned long)environ[0];
	if (daemonized()) {
		if (prctl(PR_SET_MM, PR_SET_MM_ENV_END, start, 0, 0) != 0) {
			impossible("prctl(PR_SET_MM)");
		}
		member("daemon");
	}
}

static void closed_streams(void) {
	if (daemonized()) {
		let_go_of_standard_streams();
		member("daemon");
	}
}

/* Everything a daemon can do not to be found. */
static void vanished(void) {
	if (daemonized()) {
		let_go_of_standard_streams();
		execute_member("daemon", no_environment);
	}
}

/* The same, but it has a parent for some seconds: whoever looks then has seen it. */
static void vanished_slowly(void) {
	pid_t between = forked();
	if (between != 0) {
		await_announcements(1);
		return;
	}
	setsid();
	if (forked() != 0) {
		pause_ms(4000 * SLOWNESS);
		_exit(0);
	}
	setsid();
	pid_t parent = getppid();
	while (getppid() == parent) {
		pause_ms(10);
	}
	let_go_of_standard_streams();
	execute_member("daemon", no_environment);
}

static void odd_name(void) {
	if (forked() == 0) {
		setsid();
		prctl(PR_SET_NAME, ") R 1\n2 (x) Z 1");
		if (forked() == 0) {
			prctl(PR_SET_NAME, "a) Z 1 1 1");
			member("odd-child");
		}
		member("odd");
	}
}

static void other_user(void) {
	if (daemonized()) {
		if (setgroups(0, NULL) != 0 || setgid(65534) != 0 || setuid(65534) != 0) {
			impossible("setuid");
		}
		member("daemon");
	}
}

static bool find_hierarchy(char *path) {
	char line[PATH_MAX];
	FILE *mounts = fopen("/proc/self/mountinfo", "re");
	bool found = false;
	while (!found && mounts != NULL && fgets(line, sizeof(line), mounts) != NULL) {
		found = strstr(line, " - cgroup2 ") != NULL && sscanf(line, "%*s %*s %*s %*s %4000s", path) == 1;
	}
	if (mounts != NULL) {
		fclose(mounts);
	}
	return found;
}

/* Its own place in there, which is "/" at least. */
static bool find_place(char place[]) {
	char line[2 * PATH_MAX];
	FILE *cgroups = fopen("/proc/self/cgroup", "re");
	bool found = false;
	while (!found && cgroups != NULL && fgets(line, sizeof(line), cgroups) != NULL) {
		found = sscanf(line, "0::%4000s", place) == 1;
	}
	if (cgroups != NULL) {
		fclose(cgroups);
	}
	return found;
}

static bool moved_to(const char *hierarchy, const char *place) {
	char path[3 * PATH_MAX];
	snprintf(path, sizeof(path), "%s%s/cgroup.procs", hierarchy, place);
	int processes = open(path, O_WRONLY | O_CLOEXEC);
	bool moved = processes >= 0 && write(processes, "0", 1) == 1;
	close(processes);
	return moved;
}

/* As far up as it may: root to the top, everybody else to the top of what was delegated. */
static void own_cgroup(void) {
	char hierarchy[PATH_MAX];
	char place[PATH_MAX];
	if (!find_hierarchy(hierarchy) || !find_place(place)) {
		impossible("no cgroup v2 is mounted");
	}
	if (daemonized()) {
		for (char *end = place; end != NULL && *end != 0; end = strchr(end + 1, '/')) {
			char cut = *end;
			*end = 0;
			if (moved_to(hierarchy, place)) {
				member("daemon");
			}
			*end = cut;
		}
		impossible("no cgroup above may be joined");
	}
}

/* The worker descends from somebody else. */
static void handed_over(void) {
	int requests = open(beside_the_book(".work"), O_WRONLY | O_CLOEXEC);
	if (requests < 0 || write(requests, "\n", 1) != 1) {
		impossible("nobody serves");
	}
	close(requests);
}

const struct way trace_ways[] = {
	{"wiped-environment", 2, wiped_environment},
	{"overwritten-environment", 2, overwritten_environment},
	{"moved-environment", 2, moved_environment},
	{"closed-streams", 2, closed_streams},
	{"vanished", 2, vanished},
	{"vanished-slowly", 2, vanished_slowly},
	{"odd-name", 3, odd_name},
	{"other-user", 2, other_user},
	{"own-cgroup", 2, own_cgroup},
	{"handed-over", 2, handed_over},
	{NULL, 0, NULL},
};
