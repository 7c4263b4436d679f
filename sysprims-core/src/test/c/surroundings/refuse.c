/*
 * Runs a program that some system calls are refused to, as an old kernel or a seccomp profile
 * does: refuse CALL=ERROR … -- PROGRAM ARGUMENT …
 *
 * A call may be narrowed to one value of one argument, under a mask: clone:0:0x4000:0x4000=EAGAIN
 * refuses a clone with CLONE_VFORK (argument 0, value, mask), which is how posix_spawn(3) forks.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LENGTH(array) (sizeof(array) / sizeof(array[0]))
#define MOST_RULES 16

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "Its system call numbers are not known here."
#endif

struct named {
	const char *name;
	unsigned int number;
};

static const struct named CALLS[] = {
	{ "pidfd_open", 434 }, /* the same numbers on every architecture since Linux 5.3 and 5.1 */
	{ "pidfd_send_signal", 424 },
	{ "clone3", 435 },
	{ "clone", __NR_clone },
	{ "fcntl", __NR_fcntl },
	{ "memfd_create", __NR_memfd_create },
};

static const struct named ERRORS[] = {
	{ "EPERM", EPERM },   { "ENOSYS", ENOSYS }, { "EMFILE", EMFILE },
	{ "EAGAIN", EAGAIN }, { "ENOMEM", ENOMEM }, { "EINVAL", EINVAL },
};

static struct sock_filter code[4 + 5 * MOST_RULES];

static unsigned short length;

static void fail(const char *what, const char *which)
{
	fprintf(stderr, "refuse: %s %s\n", what, which);
	exit(125);
}

static unsigned int number(const struct named *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(names[i].name, name) == 0) {
			return names[i].number;
		}
	}
	fail("does not know", name);
	return 0;
}

static void add(unsigned short operation, unsigned int operand, unsigned char when_true, unsigned char when_false)
{
	code[length++] = (struct sock_filter){ operation, when_true, when_false, operand };
}

static void load(size_t offset)
{
	add(BPF_LD | BPF_W | BPF_ABS, offset, 0, 0);
}

static void add_rule(char *rule)
{
	char *error = strchr(rule, '=');
	if (error == NULL || length + 5 > (int)LENGTH(code)) {
		fail("cannot take", rule);
	}
	*error++ = '\0';
	unsigned int result = SECCOMP_RET_ERRNO | number(ERRORS, LENGTH(ERRORS), error);
	char *name = strtok(rule, ":");
	char *argument = strtok(NULL, ":");
	char *value = strtok(NULL, ":");
	char *mask = strtok(NULL, ":");
	unsigned int call = number(CALLS, LENGTH(CALLS), name);
	load(offsetof(struct seccomp_data, nr));
	if (argument == NULL) {
		add(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1);
	}
	else {
		if (value == NULL || mask == NULL) {
			fail("misses the value or the mask of", name);
		}
		add(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 4);
		/* Little-endian: the lower half is the first. */
		load(offsetof(struct seccomp_data, args) + 8 * strtoul(argument, NULL, 0));
		add(BPF_ALU | BPF_AND | BPF_K, strtoul(mask, NULL, 0), 0, 0);
		add(BPF_JMP | BPF_JEQ | BPF_K, strtoul(value, NULL, 0), 0, 1);
	}
	add(BPF_RET | BPF_K, result, 0, 0);
}

int main(int count, char **arguments)
{
	load(offsetof(struct seccomp_data, arch));
	add(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
	add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
	int i = 1;
	for (; i < count && strcmp(arguments[i], "--") != 0; i++) {
		add_rule(arguments[i]);
	}
	if (i + 1 >= count) {
		fail("was given no", "program");
	}
	add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
	struct sock_fprog program = { length, code };
	/* Without it only root may install a filter. */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == -1) {
		fail("cannot install the filter:", strerror(errno));
	}
	execvp(arguments[i + 1], arguments + i + 1);
	fail("cannot execute", arguments[i + 1]);
}
