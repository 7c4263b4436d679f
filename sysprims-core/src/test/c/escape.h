/* What all ways out of a process tree share. */
#ifndef ESCAPE_H
#define ESCAPE_H

#include <stdbool.h>
#include <sys/types.h>

/* How many times slower than a usual machine this one is: a look takes longer there, and fewer forks make a storm. */
#ifndef SLOWNESS
#define SLOWNESS 1
#endif

struct way {
	const char *name;
	/* How many announcements there are once it is set up, the program's own among them. */
	int announcements;
	/* Sets it up; returns in the program itself, unless that has changed too. */
	void (*run)(void);
};

/* Leaving the parent, the group, the session, the namespace. */
extern const struct way relation_ways[];
/* Taking away what one could be recognised by. */
extern const struct way trace_ways[];
/* Not ending, or not all at once. */
extern const struct way stubborn_ways[];

/*
 * So many daemons that fork all the time, each ten times a second, bounded by that and by the deadline. For a PID
 * namespace whose init reaps: elsewhere they would be the machine's storm.
 */
void breeders(int count) __attribute__((noreturn));

/*
 * Ends this process for good at the run's deadline, whatever state it is in. Timers are not inherited: each process
 * calls it first of all.
 */
void live_until_the_deadline(void);

/* fork(2) with a deadline; whoever is forked later than that is not. */
pid_t forked(void);

/* setsid(2), and a second fork so that the parent is gone. True in the daemon, false in the caller. */
bool daemonized(void);

/* The same without leaving group and session. */
bool orphaned(void);

/* Appends pid, start and name to the book, as the kernel tells them. */
void announce(const char *name);

/* Does nothing until the deadline. */
void idle(void) __attribute__((noreturn));

/* Announces itself, then does nothing. */
void member(const char *name) __attribute__((noreturn));

/* This program again, as a mere member, with these variables. */
void execute_member(const char *name, char *const environment[]) __attribute__((noreturn));

/* Says that this way is barred here, and why; the run is over. */
void impossible(const char *what) __attribute__((noreturn));

/* Waits until so many have announced themselves. */
void await_announcements(int count);

/* Whether the deadline has come or the test wants those that keep moving to stop. */
bool is_over(void);

/* A file beside the book. */
const char *beside_the_book(const char *suffix);

void ignore(int signal);

void pause_ms(long milliseconds);

/*
 * The same, and longer where this machine is behind, as on a loaded one: whoever looks for us is behind as well, and this
 * is about who is faster, not about who gets the processor.
 */
void pace_ms(long milliseconds);

/* Number of the announcements that the way needs to be complete. */
int announcements_expected(void);

/* Memory that forks share, zeroed. */
void *shared(size_t size);

void close_book(void);

#endif
