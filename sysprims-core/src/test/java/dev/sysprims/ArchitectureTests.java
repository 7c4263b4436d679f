package dev.sysprims;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The walls of the house: who may know whom, and what stays out of where.
 */
@AnalyzeClasses(packages = "dev.sysprims", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String[] API = { "dev.sysprims", "dev.sysprims.process", "dev.sysprims.supervisor" };

	private static final String[] BACKENDS = { "dev.sysprims.os.jdk", "dev.sysprims.os.linux", "dev.sysprims.os.macos",
			"dev.sysprims.os.windows" };

	@ArchTest
	static final ArchRule arrowsPointDownwards = layeredArchitecture().consideringOnlyDependenciesInLayers()
		// Backends are built one after the other, and a checkout may lack one.
		.withOptionalLayers(true)
		.layer("supervisor")
		.definedBy("dev.sysprims.supervisor..")
		.layer("sysprims")
		.definedBy("dev.sysprims")
		.layer("tree")
		.definedBy("dev.sysprims.tree..")
		.layer("linux")
		.definedBy("dev.sysprims.os.linux..")
		.layer("macos")
		.definedBy("dev.sysprims.os.macos..")
		.layer("windows")
		.definedBy("dev.sysprims.os.windows..")
		.layer("jdk")
		.definedBy("dev.sysprims.os.jdk..")
		.layer("posix")
		.definedBy("dev.sysprims.os.posix..")
		.layer("os")
		.definedBy("dev.sysprims.os")
		.layer("process")
		.definedBy("dev.sysprims.process..")
		.whereLayer("supervisor")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("sysprims")
		.mayOnlyBeAccessedByLayers("supervisor")
		.whereLayer("tree")
		.mayOnlyBeAccessedByLayers("sysprims", "supervisor")
		.whereLayer("linux")
		.mayOnlyBeAccessedByLayers("sysprims")
		.whereLayer("macos")
		.mayOnlyBeAccessedByLayers("sysprims")
		.whereLayer("windows")
		.mayOnlyBeAccessedByLayers("sysprims")
		.whereLayer("jdk")
		.mayOnlyBeAccessedByLayers("sysprims")
		.whereLayer("posix")
		.mayOnlyBeAccessedByLayers("linux", "macos")
		.whereLayer("process")
		.mayNotAccessAnyLayer()
		.whereLayer("os")
		.mayOnlyAccessLayers("process")
		.ensureAllClassesAreContainedInArchitecture()
		.because("a class in a new package has no place in the house yet");

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching("dev.(**)").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule onlyNativeBackendsKnowJna = noClasses().that()
		.resideOutsideOfPackages("dev.sysprims.os.posix..", "dev.sysprims.os.linux..", "dev.sysprims.os.macos..",
				"dev.sysprims.os.windows..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("com.sun.jna..");

	@ArchTest
	static final ArchRule treesNeitherWaitNorStartThreads = noClasses().that()
		.resideInAPackage("dev.sysprims.tree..")
		.should()
		.dependOnClassesThat(assignableTo(Thread.class).or(assignableTo(Timer.class))
			.or(assignableTo(Executor.class))
			.or(assignableTo(BlockingQueue.class))
			.or(assignableTo(CountDownLatch.class))
			.or(assignableTo(CyclicBarrier.class))
			.or(assignableTo(Exchanger.class))
			.or(assignableTo(Phaser.class))
			.or(assignableTo(Semaphore.class))
			.or(resideInAPackage("java.util.concurrent.locks..")))
		.orShould()
		.accessTargetWhere(called(assignableTo(Object.class), "wait|notify|notifyAll"))
		.orShould()
		.accessTargetWhere(called(assignableTo(Future.class), "get|join"))
		// These start the JDK's own threads and timers.
		.orShould()
		.accessTargetWhere(called(assignableTo(CompletableFuture.class),
				".*Async|orTimeout|completeOnTimeout|delayedExecutor|defaultExecutor"))
		.orShould()
		.accessTargetWhere(called(assignableTo(TimeUnit.class), "sleep|timedWait|timedJoin"))
		.because("the same code runs on a simulated system with a virtual clock");

	@ArchTest
	static final ArchRule treesHaveNoClockOfTheirOwn = noClasses().that()
		.resideInAPackage("dev.sysprims.tree..")
		.should()
		.dependOnClassesThat(assignableTo(Clock.class))
		.orShould()
		.accessTargetWhere(called(assignableTo(System.class), "nanoTime|currentTimeMillis"))
		.orShould()
		.accessTargetWhere(called(resideInAPackage("java.time.."), "now"))
		.because("time comes through the seam, as everything else from outside does");

	@ArchTest
	static final ArchRule nobodyLogsToJavaUtilLogging = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("java.util.logging..");

	@ArchTest
	static final ArchRule nobodyPrints = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

	@ArchTest
	static final ArchRule namesSayWhatAThingIs = noClasses().should()
		.haveSimpleNameEndingWith("Manager")
		.orShould()
		.haveSimpleNameEndingWith("Helper")
		.orShould()
		.haveSimpleNameEndingWith("Util")
		.orShould()
		.haveSimpleNameEndingWith("Utils")
		.orShould()
		.haveSimpleNameEndingWith("Impl");

	@ArchTest
	static final ArchRule nothingGlobalCanBeReplaced = fields().that().areStatic().should().beFinal();

	// JNA's structures are read and written by reflection on public fields; a builder's
	// are
	// read by what it builds.
	@ArchTest
	static final ArchRule whatCanChangeIsPrivate = fields().that()
		.areNotFinal()
		.and()
		.areDeclaredInClassesThat(
				DescribedPredicate.not(assignableTo("com.sun.jna.Structure").or(simpleNameEndingWith("Builder"))))
		.should()
		.bePrivate();

	@ArchTest
	static final ArchRule valuesNeverChange = fields().that()
		.areDeclaredInClassesThat(
				resideInAPackage("dev.sysprims.process..").and(DescribedPredicate.not(simpleNameEndingWith("Builder"))))
		.should()
		.beFinal();

	@ArchTest
	static final ArchRule apiSpeaksOnlyOfTheJdkAndItself = members()
		.that(new DescribedPredicate<JavaMember>("users can see") {

			@Override
			public boolean test(JavaMember member) {
				return isApi(member.getOwner()) && isVisible(member.getModifiers());
			}

		})
		.should(new ArchCondition<JavaMember>("mention exported types only") {

			@Override
			public void check(JavaMember member, ConditionEvents events) {
				hiddenTypes(member).forEach((type) -> events.add(SimpleConditionEvent.violated(member,
						member.getFullName() + " mentions " + type + ", which is not exported")));
			}

		});

	@ArchTest
	static final ArchRule apiTypesExtendOnlyTheJdkAndThemselves = classes()
		.that(DescribedPredicate.describe("users can see", ArchitectureTests::isApi))
		.should(new ArchCondition<JavaClass>("extend exported types only") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				type.getAllRawSuperclasses()
					.stream()
					.filter((parent) -> !isExported(parent))
					.forEach((parent) -> events.add(SimpleConditionEvent.violated(type,
							type.getName() + " extends " + parent.getName() + ", which is not exported")));
				type.getAllRawInterfaces()
					.stream()
					.filter((parent) -> !isExported(parent))
					.forEach((parent) -> events.add(SimpleConditionEvent.violated(type,
							type.getName() + " implements " + parent.getName() + ", which is not exported")));
			}

		});

	@ArchTest
	static void eachBackendHasOneDoor(JavaClasses classes) {
		Map<String, Set<String>> doors = new TreeMap<>();
		for (JavaClass chooser : classes.that(resideInAPackage("dev.sysprims"))) {
			for (Dependency dependency : chooser.getDirectDependenciesFromSelf()) {
				JavaClass target = dependency.getTargetClass();
				if (resideInAnyPackage(BACKENDS).test(target)) {
					doors.computeIfAbsent(target.getPackageName(), (name) -> new TreeSet<>()).add(target.getName());
				}
			}
		}
		assertThat(doors).allSatisfy((backend, used) -> assertThat(used).hasSize(1));
	}

	@ArchTest
	static void everyPackageIsNullMarked(JavaClasses classes) {
		Set<String> unmarked = new TreeSet<>();
		for (JavaClass type : classes) {
			JavaPackage home = type.getPackage();
			if (!home.isAnnotatedWith(NullMarked.class)) {
				unmarked.add(home.getName());
			}
		}
		assertThat(unmarked).isEmpty();
	}

	private static DescribedPredicate<JavaAccess<?>> called(DescribedPredicate<JavaClass> type, String names) {
		return target(owner(type)).and(target(nameMatching(names)));
	}

	private static boolean isApi(JavaClass type) {
		return resideInAnyPackage(API).test(type) && isVisible(type.getModifiers())
				&& type.getEnclosingClass().map(ArchitectureTests::isApi).orElse(true);
	}

	private static boolean isVisible(Set<JavaModifier> modifiers) {
		return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
				&& !modifiers.contains(JavaModifier.SYNTHETIC);
	}

	private static boolean isExported(JavaClass type) {
		return type.isPrimitive() || resideInAPackage("java..").test(type) || isApi(type);
	}

	private static Set<String> hiddenTypes(JavaMember member) {
		Set<String> hidden = new TreeSet<>();
		if (member instanceof JavaField field) {
			collectHidden(field.getType(), hidden);
		}
		if (member instanceof JavaCodeUnit codeUnit) {
			collectHidden(codeUnit.getReturnType(), hidden);
			codeUnit.getParameterTypes().forEach((type) -> collectHidden(type, hidden));
			codeUnit.getExceptionTypes().forEach((type) -> collectHidden(type, hidden));
		}
		return hidden;
	}

	private static void collectHidden(JavaType type, Set<String> hidden) {
		for (JavaClass raw : type.getAllInvolvedRawTypes()) {
			if (!isExported(raw.getBaseComponentType())) {
				hidden.add(raw.getName());
			}
		}
	}

}
