package dev.sysprims.os.posix;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import dev.sysprims.os.JobMarker;
import dev.sysprims.os.ProcessKey;

/**
 * What the watchdog's shell runs: builtins only, in a form that dash, bash, busybox and
 * mksh understand alike. It gets the script and later the end of file on its stdin, and
 * the table as its stdout.
 * <ul>
 * <li>In braces, because a shell that reads byte by byte would take the lines of the
 * script that follow for input.</li>
 * <li>{@code kill -9 -PGID} is the one form that all of them take: others refuse
 * {@code --} or {@code -s}, and nothing would be killed and nothing said.</li>
 * <li>A process's name may hold {@code ") "} and line feeds, so that all lines of its
 * stat file are joined, and cut behind the last {@code ") "}.</li>
 * <li>{@code read} leaves NULs out, so that a whole environment is one line.</li>
 * <li>Starts are compared in seconds, without their last two digits: mksh counts in 32
 * bits.</li>
 * <li>All flags of a stat file have {@code PF_EXITING}, 4, once the last thread has
 * closed its files. If this JVM lives, its end of the pipe was closed by mistake, and
 * nothing may be killed.</li>
 * <li>While a number is that of a group or session with members, it is not given to a
 * process. So if there is another process with a leader's number, nothing is left of the
 * leader's session; if there is none, the session, if there is one, is the leader's.</li>
 * <li>A process whose first thread has ended is shown as a zombie that has more threads.
 * Its environment is that of the others, and {@code cgroup.kill} does not reach it, so
 * that members are killed one by one as well.</li>
 * <li>Parents are noted before the first kill, which makes orphans.</li>
 * </ul>
 */
final class WatchdogScript {

	/** This JVM lives although the pipe has ended. */
	static final int STILL_ALIVE = 3;

	static final String TEXT = """
			{
			# Ends the jobs of process $1 when that dies.
			trap '' HUP INT QUIT TERM
			exec 3<&1 >&2
			set -f
			jvm=$1 born=$2 mark=$3
			look() {
				all= line=
				while IFS= read -r line || [ -n "$line" ]; do all="$all $line"; done <"/proc/$1/stat"
				set -- ${all##*) }
				[ $# -ge 20 ] || return 1
				state=$1 parent=$2 session=$4 flags=$7 threads=${18} start=${20} second=${20%??}
				second=${second:-0}
			}
			holds() {
				line=
				while IFS= read -r line || [ -n "$line" ]; do
					case $line in *VARIABLE="$mark"* | *VARIABLE=*,"$mark"*) return 0 ;; esac
					line=
				done <"$1"
				return 1
			}
			carries() {
				if [ "$state" != Z ]; then
					holds "/proc/$1/environ"
					return
				fi
				[ "$threads" -gt 1 ] || return 1
				set +f
				for thread in /proc/"$1"/task/*/environ; do
					set -f
					if holds "$thread"; then return 0; fi
				done
				set -f
				return 1
			}
			end() {
				kill -9 "$pid"
				eval "[ \\"\\${killed$pid-}\\" = $start ] || again=yes killed$pid=$start"
				[ "$session" != "$pid" ] || eval "since$pid=$second"
			}
			while read -r line; do :; done
			tries=0
			while look "$jvm" && [ "$start" = "$born" ] && [ "$state" != Z ] && [ $((flags & 4)) = 0 ]; do
				tries=$((tries + 1))
				[ $tries -lt 500 ] || exit 3
			done
			oldest=${born%??} pids=
			set +f
			for pid in /proc/[0-9]*; do
				set -f
				pid=${pid#/proc/}
				look "$pid" || continue
				pids="$pids $pid"
				eval "parent$pid=$parent start$pid=$start"
			done
			while read -r pid born kind; do
				case $pid$born in *[!0-9]*) continue ;; esac
				[ -n "$born" ] && [ "$pid" -gt 1 ] || continue
				if look "$pid"; then
					[ "$start" = "$born" ] || continue
				else
					[ "$kind" != - ] || continue
					second=${born%??} second=${second:-0}
				fi
				eval "ours$pid=yes"
				if [ "$kind" = - ]; then
					end
					continue
				fi
				eval "since$pid=$second"
				case $kind in /*/cgroup.procs)
					[ -w "${kind%procs}kill" ] && echo 1 >"${kind%procs}kill"
					while read -r member; do kill -9 "$member"; done <"$kind" ;;
				esac
				kill -9 "-$pid"
			done <&3
			for pid in $pids; do
				up=$pid tries=0
				while [ -n "$up" ] && eval "[ -z \\"\\${ours$up-}\\" ]" && [ $tries -lt 500 ]; do
					eval "up=\\${parent$up-}" tries=$((tries + 1))
				done
				eval "[ -n \\"\\${ours$up-}\\" ]" && look "$pid" && eval "[ $start = \\$start$pid ]" && end
			done
			tries=0 again=yes
			while [ -n "$again" ] && [ $tries -lt 50 ]; do
				tries=$((tries + 1)) again=
				set +f
				for pid in /proc/[0-9]*; do
					set -f
					pid=${pid#/proc/}
					look "$pid" && [ "$pid" != $$ ] && [ "$second" -ge "$oldest" ] || continue
					eval "since=\\${since$session-}"
					if [ -n "$since" ] && [ "$second" -ge "$since" ] || carries "$pid"; then end; fi
				done
			done
			exit 0
			}
			""".replace("VARIABLE", JobMarker.VARIABLE);

	private WatchdogScript() {
	}

	/** The bytes for its stdin; few enough for the smallest pipe. */
	static byte[] bytes() {
		return TEXT.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * How it is called. The name is what busybox chooses its applet by.
	 * @param jvm whose jobs are ended
	 */
	static List<byte[]> arguments(ProcessKey jvm) {
		return Stream.of("sh", "-s", Long.toString(jvm.pid()), Long.toString(jvm.start()), JobMarker.SWEPT_PREFIX)
			.map((argument) -> argument.getBytes(StandardCharsets.US_ASCII))
			.toList();
	}

}
