package dev.sysprims.supervisor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Capability;
import dev.sysprims.process.Leftovers;
import dev.sysprims.process.MemberOutcome;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.process.TreeMember;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs whose programs have started others. */
class JobTreeIntegrationTests extends RealJobs {

	private static final String MEMBER = "sh -c '. \"$0\"; announce %s; exec sleep 60' \"$FIXTURE\" &\n";

	private static final String STUBBORN_MEMBER = "sh -c '. \"$0\"; trap \"\" TERM; announce %s; while :; do sleep 1; done' "
			+ "\"$FIXTURE\" &\n";

	private static final TerminateTreeConfig QUICK = TerminateTreeConfig.builder().graceTimeout(SHORT).build();

	@Test
	void grandchildrenInTheBackgroundAreEnded() {
		Job job = this.supervisor
			.start(script(MEMBER.formatted("one") + MEMBER.formatted("two") + "announce top; wait").build());
		List<LiveProcess> all = awaitAll("one", "two", "top");
		JobResult result = job.terminate();
		assertThat(result.outcome()).isEqualTo(JobOutcome.TERMINATED);
		assertThat(result.survivors()).isEmpty();
		assertThat(result.termination().exited()).isTrue();
		assertThat(all).noneMatch(LiveProcess::isAlive);
	}

	@Test
	void aMemberThatIgnoresTermIsKilledAndNamedAlthoughTheLeaderObeyed() {
		Job job = this.supervisor.start(script(STUBBORN_MEMBER.formatted("member") + "announce top; wait").build());
		LiveProcess member = this.fixture.await("member");
		LiveProcess top = this.fixture.await("top");
		JobResult result = job.terminate(QUICK);
		assertThat(result.escalated()).isTrue();
		assertThat(result.termination().killSignal()).isEqualTo(Signal.KILL);
		assertThat(outcomes(result, member)).containsExactly(MemberOutcome.KILLED);
		assertThat(isAlive(member, top)).isFalse();
		assertThat(this.supervisor.totals().escalated()).isOne();
	}

	@Test
	void membersAreEndedWhenTheProgramEndsByItselfOrTheResultSaysWhyNot() throws InterruptedException {
		Job job = this.supervisor
			.start(script(MEMBER.formatted("member") + awaitAnnounced("member") + "exit 4").build());
		JobResult result = job.await();
		LiveProcess member = this.fixture.await("member");
		assertThat(result.outcome()).isEqualTo(JobOutcome.FAILED);
		assertThat(result.exitCode()).isEqualTo(4);
		if (this.backend.has(Capability.OWN_SESSION)) {
			assertThat(result.leftovers()).extracting((left) -> left.identity().pid()).contains(member.pid());
			assertThat(result.termination()).isNotNull();
			assertThat(member.isAlive()).isFalse();
		}
		else {
			assertThat(result.warnings()).anyMatch((warning) -> warning.contains("whose parent has died"));
			member.kill();
			ProcessFixture.awaitTrue(() -> !member.isAlive(), "the member was not killed");
		}
	}

	@Test
	void aJobMayWaitForItsMembers() throws InterruptedException {
		assumeHas(Capability.OWN_SESSION);
		Job job = this.supervisor.start(script("""
				sh -c '. "$0"; announce member; while [ ! -e "%s" ]; do sleep 0.02; done' "$FIXTURE" &
				%sexit 0""".formatted(go(), awaitAnnounced("member"))).leftovers(Leftovers.WAIT).build());
		LiveProcess member = this.fixture.await("member");
		assertThat(job.await(SHORT)).isEmpty();
		assertThat(job.state()).isEqualTo(JobState.RUNNING);
		assertThat(member.isAlive()).isTrue();
		assertThat(go().toFile().mkdir()).isTrue();
		JobResult result = job.await();
		assertThat(result.outcome()).isEqualTo(JobOutcome.SUCCEEDED);
		assertThat(result.termination()).isNull();
		assertThat(member.isAlive()).isFalse();
	}

	@Test
	void aTimeoutAlsoEndsMembersThatAreWaitedFor() throws InterruptedException {
		assumeHas(Capability.OWN_SESSION);
		Job job = this.supervisor
			.start(script(MEMBER.formatted("member") + awaitAnnounced("member") + "exit 0").leftovers(Leftovers.WAIT)
				.timeout(Duration.ofSeconds(1))
				.build());
		assertThat(job.await().outcome()).isEqualTo(JobOutcome.TIMED_OUT);
		assertThat(this.fixture.survivors()).isEmpty();
	}

	@Test
	void aJobMayLeaveItsMembersOnPurpose() throws InterruptedException {
		assumeHas(Capability.OWN_SESSION);
		Job job = this.supervisor
			.start(script(MEMBER.formatted("member") + awaitAnnounced("member") + "exit 0").leftovers(Leftovers.LEAVE)
				.build());
		JobResult result = job.await();
		LiveProcess member = this.fixture.await("member");
		assertThat(result.outcome()).isEqualTo(JobOutcome.SUCCEEDED);
		assertThat(result.leftovers()).filteredOn((left) -> left.identity().pid() == member.pid())
			.extracting(TreeMember::outcome)
			.containsExactly(MemberOutcome.LEFT);
		assertThat(result.survivors()).isEmpty();
		assertThat(member.isAlive()).isTrue();
		member.kill();
		ProcessFixture.awaitTrue(() -> !member.isAlive(), "the member was not killed");
	}

	@Test
	void whoIgnoresTermIsKilledAfterTheGraceAndNotBefore() {
		Job job = this.supervisor.start(stubborn("it").build());
		LiveProcess it = this.fixture.await("it");
		long before = System.nanoTime();
		JobResult result = job.terminate(TerminateTreeConfig.builder().graceTimeout(Duration.ofMillis(800)).build());
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(800));
		assertThat(result.escalated()).isTrue();
		assertThat(it.isAlive()).isFalse();
	}

	@Test
	void whoObeysEndsLongBeforeTheGrace() {
		Job job = this.supervisor.start(script(MEMBER.formatted("one") + "announce top; wait").build());
		awaitAll("one", "top");
		JobResult result = job.terminate();
		assertThat(result.escalated()).isFalse();
		assertThat(result.termination().elapsed()).isLessThan(LONG.dividedBy(2));
		assertThat(this.supervisor.totals().escalated()).isZero();
	}

	@Test
	void nestedShellsAndFiftyGrandchildren() {
		Job job = this.supervisor.start(script("""
				sh -c '. "$0"
				  sh -c ". \\"\\$0\\"
				    i=0; while [ \\$i -lt 50 ]; do
				      sh -c \\". \\\\\\"\\\\\\$0\\\\\\"; announce g\\$i; exec sleep 60\\" \\"\\$0\\" &
				      i=\\$((i+1)); done
				    announce inner; wait" "$0" &
				  announce middle; wait' "$FIXTURE" &
				announce top; wait""").build());
		awaitAll("inner", "middle", "top");
		IntStream.range(0, 50).forEach((i) -> this.fixture.await("g" + i));
		assertThat(this.fixture.announced()).hasSize(53);
		assertThat(job.processes()).hasSizeGreaterThanOrEqualTo(53);
		assertThat(job.terminate().survivors()).isEmpty();
		assertThat(this.fixture.survivors()).isEmpty();
	}

	@Test
	void aStoppedMemberEndsWithinTheGrace() {
		assumeHas(Capability.ANY_SIGNAL);
		Job job = this.supervisor.start(script(MEMBER.formatted("member") + "announce top; wait").build());
		LiveProcess member = this.fixture.await("member");
		this.fixture.await("top");
		this.backend.trees().os().pin(this.backend.trees().os().entry(member.pid()).key(), (status) -> {
		}).signal(Signal.STOP);
		ProcessFixture.awaitTrue(() -> member.state() == 'T', "the member was not stopped");
		JobResult result = job.terminate();
		assertThat(result.escalated()).isFalse();
		assertThat(member.isAlive()).isFalse();
	}

	@Test
	void tenWhoTerminateAtOnceGetOneResultOfOneSequence() {
		Job job = this.supervisor.start(stubborn("it").graceTimeout(SHORT).build());
		this.fixture.await("it");
		CountDownLatch go = new CountDownLatch(1);
		List<Interruptible<JobResult>> all = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			all.add(onAThread(() -> {
				go.await();
				return job.terminate();
			}));
		}
		go.countDown();
		Set<JobResult> results = all.stream().map((one) -> one.outcome().join()).collect(Collectors.toSet());
		assertThat(results).hasSize(1);
		assertThat(this.supervisor.totals().terminated()).isOne();
		assertThat(this.supervisor.totals().escalated()).isOne();
	}

	@Test
	void theEarlierDeadlineWins() {
		Job job = this.supervisor.start(stubborn("it").build());
		this.fixture.await("it");
		Interruptible<JobResult> patient = onAThread(job::terminate);
		ProcessFixture.awaitTrue(() -> job.state() == JobState.ENDING, "the end did not begin");
		JobResult result = job.terminate(QUICK);
		assertThat(patient.outcome().join()).isEqualTo(result);
		assertThat(result.escalated()).isTrue();
	}

	@Test
	void whoIsNotOfTheTreeIsLeftAlone() throws Exception {
		Process bystander = new ProcessBuilder(this.fixture.sh("announce bystander; exec sleep 60")).start();
		Job other = this.supervisor.start(script("announce other; exec sleep 60").build());
		Job job = this.supervisor.start(script(MEMBER.formatted("member") + "announce top; wait").build());
		awaitAll("member", "top", "other", "bystander");
		job.terminate();
		assertThat(bystander.isAlive()).isTrue();
		assertThat(this.fixture.await("other").isAlive()).isTrue();
		assertThat(other.state()).isEqualTo(JobState.RUNNING);
		bystander.destroyForcibly().waitFor();
	}

	@Test
	void theLiveMembersAreShownTheProgramFirst() {
		Job job = this.supervisor.start(script(MEMBER.formatted("member") + "announce top; wait").build());
		List<LiveProcess> all = awaitAll("top", "member");
		List<ProcessInfo> members = job.processes();
		assertThat(members.get(0).pid()).isEqualTo(job.pid());
		assertThat(members).extracting(ProcessInfo::pid).containsExactlyInAnyOrder(all.get(0).pid(), all.get(1).pid());
		job.terminate();
		assertThat(job.processes()).isEmpty();
	}

	@Test
	void bestEffortComesWithTheReason() throws InterruptedException {
		Job job = this.supervisor.start(script("exit 0").build());
		JobResult result = job.await();
		if (result.reliability() == TreeKillReliability.BEST_EFFORT) {
			assertThat(result.warnings()).isNotEmpty().allMatch((warning) -> warning.endsWith("."));
		}
		assertThat(job.reliability()).isEqualTo(result.reliability());
		assertThat(result.warnings()).doesNotHaveDuplicates();
	}

	@Test
	void statesFollowEachOther() throws InterruptedException {
		Set<JobState> seenAtEnding = ConcurrentHashMap.newKeySet();
		CompletableFuture<JobState> seenAtEnd = new CompletableFuture<>();
		this.supervisor.addListener(new JobListener() {

			@Override
			public void ending(Job job) {
				seenAtEnding.add(job.state());
			}

			@Override
			public void ended(Job job, JobResult result) {
				seenAtEnd.complete(job.state());
			}

		});
		Job job = this.supervisor.start(stubborn("it").build());
		this.fixture.await("it");
		assertThat(job.state()).isEqualTo(JobState.RUNNING);
		job.toProcess().destroy();
		ProcessFixture.awaitTrue(() -> job.state() == JobState.ENDING, "the end did not begin");
		ProcessFixture.awaitTrue(() -> seenAtEnding.contains(JobState.ENDING), "the listener was not told");
		job.toProcess().destroyForcibly();
		job.await();
		assertThat(job.state()).isEqualTo(JobState.ENDED);
		assertThat(seenAtEnd.join()).isEqualTo(JobState.ENDED);
	}

	private List<LiveProcess> awaitAll(String... names) {
		return List.of(names).stream().map(this.fixture::await).toList();
	}

	/** In a script: waits until another process has announced itself. */
	private String awaitAnnounced(String name) {
		return "while [ ! -s '" + this.fixture.directory() + "/" + name + ".announced' ]; do sleep 0.01; done\n";
	}

	private Path go() {
		return this.fixture.directory().resolve("go");
	}

	private static List<MemberOutcome> outcomes(JobResult result, LiveProcess process) {
		return result.termination()
			.members()
			.stream()
			.filter((member) -> member.identity().pid() == process.pid())
			.map(TreeMember::outcome)
			.toList();
	}

}
