package dev.sysprims.boot;

import java.util.Set;
import java.util.TreeSet;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.jspecify.annotations.NullMarked;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The walls of the Spring module: it sees of the core what every user sees, and its
 * auto-configurations are shaped as Spring Boot's own.
 */
@AnalyzeClasses(packages = "dev.sysprims.boot", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String[] CORE_API = { "dev.sysprims", "dev.sysprims.process", "dev.sysprims.supervisor" };

	@ArchTest
	static final ArchRule onlyWhatTheCoreExportsIsUsed = noClasses().should()
		.dependOnClassesThat(
				resideInAPackage("dev.sysprims..").and(DescribedPredicate.not(resideInAPackage("dev.sysprims.boot..")))
					.and(DescribedPredicate.not(resideInAnyPackage(CORE_API))));

	@ArchTest
	static final ArchRule nothingNativeIsUsed = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("com.sun.jna..");

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching("dev.sysprims.(**)").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule autoConfigurationsArePublicAndFinal = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.andShould()
		.haveSimpleNameEndingWith("AutoConfiguration")
		.because("applications name them in exclude, and nobody extends them");

	@ArchTest
	static final ArchRule beanMethodsArePackagePrivate = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.bePackagePrivate()
		.because("they are no API");

	@ArchTest
	static final ArchRule beanMethodsReturnWhatTheyCreate = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.notHaveRawReturnType(INTERFACES.and(DescribedPredicate.not(resideInAnyPackage(CORE_API))))
		.because("conditions see only the declared type; the core's own types are created by their builders");

	@ArchTest
	static final ArchRule everyBeanBacksOff = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.beAnnotatedWith(ConditionalOnMissingBean.class)
		.because("an application's own bean comes first");

	@ArchTest
	static final ArchRule dependenciesComeThroughConstructors = GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

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

	@ArchTest
	static final ArchRule whatCanChangeIsPrivate = fields().that().areNotFinal().should().bePrivate();

	@ArchTest
	static void everyAutoConfigurationIsFoundByBoot(JavaClasses classes) {
		Set<String> written = new TreeSet<>();
		for (JavaClass type : classes) {
			if (type.isAnnotatedWith(AutoConfiguration.class)) {
				written.add(type.getName());
			}
		}
		Set<String> registered = new TreeSet<>();
		for (String candidate : ImportCandidates.load(AutoConfiguration.class,
				ArchitectureTests.class.getClassLoader())) {
			if (candidate.startsWith("dev.sysprims.")) {
				registered.add(candidate);
			}
		}
		assertThat(registered).isEqualTo(written);
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

}
