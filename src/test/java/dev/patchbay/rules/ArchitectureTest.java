package dev.patchbay.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room may know which: rules hold for packages that come later too. */
@AnalyzeClasses(packages = "dev.patchbay", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String JDK = "java..";
    private static final String JSPECIFY = "org.jspecify..";

    @ArchTest
    static final ArchRule callIsPlainJava = classes()
            .that()
            .resideInAPackage("dev.patchbay.call..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage(JDK, JSPECIFY, "dev.patchbay.call..", "com.github.f4b6a3.ulid.."))
            .allowEmptyShould(true)
            .because("what a call is must be readable, testable and true without any framework");

    @ArchTest
    static final ArchRule errorIsPlainJava = classes()
            .that()
            .resideInAPackage("dev.patchbay.error..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage(JDK, JSPECIFY, "dev.patchbay.error..", "com.fasterxml.jackson.."))
            .allowEmptyShould(true)
            .because("every package throws these, so they lie below all; JSON is how they are written");

    @ArchTest
    static final ArchRule codecIsPlainJava = classes()
            .that()
            .resideInAPackage("dev.patchbay.media.audio..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(JDK, JSPECIFY, "dev.patchbay.media.audio.."))
            .allowEmptyShould(true)
            .because("codec code is pure: arrays in, arrays out");

    @ArchTest
    static final ArchRule agentKnowsOnlyCalls = classes()
            .that()
            .resideInAPackage("dev.patchbay.agent..")
            .should()
            .onlyDependOnClassesThat(ours("dev.patchbay.agent..", "dev.patchbay.call..", "dev.patchbay.error.."))
            .allowEmptyShould(true)
            .because("an agent is described by a call's words and nothing above them");

    @ArchTest
    static final ArchRule sessionKnowsOnlyCalls = classes()
            .that()
            .resideInAPackage("dev.patchbay.session..")
            .should()
            .onlyDependOnClassesThat(ours("dev.patchbay.session..", "dev.patchbay.call..", "dev.patchbay.error.."))
            .allowEmptyShould(true)
            .because("a session is described by a call's words and nothing above them");

    @ArchTest
    static final ArchRule twimlKnowsNobody = classes()
            .that()
            .resideInAPackage("dev.patchbay.twiml..")
            .should()
            .onlyDependOnClassesThat(ours("dev.patchbay.twiml..", "dev.patchbay.error.."))
            .allowEmptyShould(true)
            .because("TwiML is text built from values; who asked for it is none of its business");

    @ArchTest
    static final ArchRule settingsKnowNobody = classes()
            .that()
            .resideInAPackage("dev.patchbay.settings..")
            .should()
            .onlyDependOnClassesThat(ours("dev.patchbay.settings.."))
            .allowEmptyShould(true)
            .because("every package reads its settings with these, so they lie below all");

    @ArchTest
    static final ArchRule mediaKnowsNoProvider = noClasses()
            .that()
            .resideInAPackage("dev.patchbay.media..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.patchbay.provider..", "dev.patchbay.sandbox..", "dev.patchbay.console..")
            .allowEmptyShould(true)
            .because("a provider plugs into the media path; adding one edits no central switch");

    @ArchTest
    static final ArchRule providersAreStrangers = slices().matching("dev.patchbay.provider.(*)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true)
            .because("a provider is a folder that can be copied, switched off or deleted alone");

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("dev.patchbay.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true)
            .because("two packages that need each other are one package");

    @ArchTest
    static final ArchRule nothingNeedsTheSandbox = noClasses()
            .that()
            .resideOutsideOfPackage("dev.patchbay.sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.patchbay.sandbox..")
            .allowEmptyShould(true)
            .because("the same production code runs with and without the players of the sandbox");

    @ArchTest
    static final ArchRule camelStaysInItsClasses = noClasses()
            .that()
            .resideOutsideOfPackage("dev.patchbay.route..") // runs the routes: all of it is Camel's
            .and()
            .haveNameNotMatching(".*(Processor|Routes|Configuration|Component|Endpoint|Consumer|Producer)(\\$.*)?")
            .and()
            .haveNameNotMatching(".*(Component|Endpoint)(Configurer|UriFactory)") // generated beside ours
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.camel.."))
            .allowEmptyShould(true)
            .because("what a class does with exchanges must show in its name, and all else must work without Camel");

    @ArchTest
    static final ArchRule vertxStaysWhereSocketsAre = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.patchbay", // puts the gateway together
                    "dev.patchbay.http..",
                    "dev.patchbay.media..",
                    "dev.patchbay.route..",
                    "dev.patchbay.sandbox..",
                    "dev.patchbay.provider..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.vertx.."))
            .allowEmptyShould(true)
            .because("only the public plane and live audio run on event loops");

    @ArchTest
    static final ArchRule databaseStaysInStore = noClasses()
            .that()
            .resideOutsideOfPackage("dev.patchbay.store..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.mongodb..", "org.bson..", "de.bwaldvogel.."))
            .allowEmptyShould(true)
            .because("what the embedded database cannot do is known and avoided in one place");

    @ArchTest
    static final ArchRule twilioStaysAtItsBorder = noClasses()
            .that()
            .resideOutsideOfPackages("dev.patchbay.twiml..", "dev.patchbay.provider.twilio..")
            .should()
            .dependOnClassesThat(resideInAPackage("com.twilio.."))
            .allowEmptyShould(true)
            .because("a provider's own types end where the provider's package ends");

    /** Anything that is not ours, and of ours these packages only. */
    private static DescribedPredicate<JavaClass> ours(String... packages) {
        return DescribedPredicate.not(resideInAPackage("dev.patchbay.."))
                .or(resideInAnyPackage(packages))
                .as("of ours, " + String.join(", ", packages));
    }
}
