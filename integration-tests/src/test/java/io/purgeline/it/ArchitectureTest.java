package io.purgeline.it;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Who may know whom, and which package may write to which table. */
@AnalyzeClasses(packages = "io.purgeline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theGatewayKnowsNoWorker =
      noClasses()
          .that()
          .resideInAPackage("io.purgeline.gateway..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.purgeline.worker..", "io.purgeline.standalone..");

  @ArchTest
  static final ArchRule theWorkerKnowsNoGateway =
      noClasses()
          .that()
          .resideInAPackage("io.purgeline.worker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.purgeline.gateway..", "io.purgeline.standalone..");

  /** It talks HTTP and nothing else, so that it works from wherever a gateway can be reached. */
  @ArchTest
  static final ArchRule theCommandLineKnowsNothingOfOurs =
      classes()
          .that()
          .resideInAPackage("io.purgeline.cli..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.purgeline.cli..",
              "java.io..",
              "java.lang..",
              "java.net..",
              "java.nio..",
              "java.time..",
              "java.util..",
              "javax.net.ssl..",
              "org.jspecify..",
              "picocli..",
              "tools.jackson..");

  @ArchTest
  static final ArchRule nobodyKnowsTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.purgeline.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.purgeline.cli..");

  @ArchTest
  static final ArchRule onlyTheRelayPublishes =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.purgeline.outbox..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.springframework.amqp.rabbit.core.RabbitTemplate");

  @ArchTest
  static final ArchRule onlyTheObjectStoreTalksToS3 =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.purgeline.worker.objects..",
              "io.purgeline.standalone..",
              "io.purgeline.testing..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.minio..");

  @ArchTest
  static final ArchRule onlyTheDirectoryStoreMakesSystemCalls =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.purgeline.worker.directories.linux..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.foreign..");

  /** What has no zone, or that of the machine, cannot be compared with what the database says. */
  @ArchTest
  static final ArchRule timeIsAnInstant =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(LocalDateTime.class, Date.class, Calendar.class, TimeZone.class)
          .orShould()
          .callMethodWhere(target(name("systemDefault")).or(target(name("systemDefaultZone"))));

  @ArchTest
  static final ArchRule featuresOfTheWorkerDoNotKnowEachOtherInCircles =
      slices().matching("io.purgeline.worker.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule featuresOfTheGatewayDoNotKnowEachOtherInCircles =
      slices().matching("io.purgeline.gateway.(*)..").should().beFreeOfCycles();

  @ArchTest
  static void everyPackageIsNullMarked(JavaClasses all) {
    var packages = new TreeSet<String>();
    all.stream()
        .filter(c -> c.getPackageName().startsWith("io.purgeline"))
        .filter(c -> !c.isAnonymousClass())
        .forEach(c -> packages.add(c.getPackageName()));
    var marked = new TreeSet<String>();
    for (var name : packages) {
      all.stream()
          .filter(c -> c.getPackageName().equals(name))
          .findFirst()
          .filter(c -> c.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked"))
          .ifPresent(c -> marked.add(name));
    }
    assertThat(marked).isEqualTo(packages);
  }

  @ArchTest
  static void everyTableIsWrittenByItsOwnersOnly(JavaClasses ignored) throws IOException {
    var owners =
        Map.ofEntries(
            Map.entry("job", List.of("gateway/catalogue")),
            Map.entry("dataset", List.of("gateway/catalogue")),
            Map.entry("training", List.of("gateway/catalogue")),
            Map.entry("model", List.of("gateway/catalogue")),
            Map.entry("model_dataset", List.of("gateway/catalogue")),
            Map.entry("training_dataset", List.of("gateway/catalogue")),
            Map.entry("storage_location", List.of("gateway/catalogue", "deletion")),
            Map.entry("sample", List.of("gateway/catalogue", "worker/purge")),
            Map.entry("deletion", List.of("gateway/deletion", "deletion")),
            Map.entry(
                "purge_task",
                List.of("gateway/deletion", "gateway/deadletter", "worker/purge", "outbox")),
            Map.entry("purge_batch", List.of("worker/purge")),
            Map.entry("purge_failure", List.of("worker/purge")),
            Map.entry("purge_attempt", List.of("worker/purge", "gateway/deadletter")),
            Map.entry("dead_letter", List.of("worker/purge", "gateway/deadletter")),
            Map.entry("dead_letter_tally", List.of("gateway/deadletter")),
            Map.entry("replay", List.of("gateway/deadletter")),
            Map.entry("replay_item", List.of("worker/purge", "gateway/deadletter")),
            Map.entry("store_outage", List.of("worker/place")),
            Map.entry("canary", List.of("gateway/canary", "worker/canary")),
            Map.entry("outbox", List.of("outbox")),
            Map.entry("purge_freeze", List.of("freeze")),
            Map.entry("store_identity", List.of("worker/place", "gateway/operations")),
            Map.entry("audit_entry", List.of("audit")),
            Map.entry("audit_seal", List.of("audit")),
            Map.entry("audit_unsealed", List.of("audit")));
    assertThat(owners.keySet()).isEqualTo(tables());
    var writes = Pattern.compile("(?:insert into|update|delete from) ([a-z_]+)\\b");
    var strangers = new TreeMap<String, String>();
    for (var source : sources()) {
      var matcher = writes.matcher(Files.readString(source));
      while (matcher.find()) {
        var allowed = owners.get(matcher.group(1));
        var room = source.getParent().toString();
        if (allowed != null
            && allowed.stream().noneMatch(o -> room.endsWith("io/purgeline/" + o))) {
          strangers.put(source.getFileName() + " writes " + matcher.group(1), room);
        }
      }
    }
    assertThat(strangers).isEmpty();
  }

  /** All there are, by the migrations. */
  private static Set<String> tables() throws IOException {
    var made = Pattern.compile("create (?:unlogged )?table ([a-z_]+)");
    var names = new TreeSet<String>();
    try (var migrations = Files.list(Path.of("../common/src/main/resources/db/migration"))) {
      for (var migration : migrations.toList()) {
        made.matcher(Files.readString(migration))
            .results()
            .map(m -> m.group(1))
            .forEach(names::add);
      }
    }
    return names;
  }

  private static List<Path> sources() throws IOException {
    try (var paths = Files.walk(Path.of(".."))) {
      return paths
          .filter(path -> path.toString().contains("/src/main/java/"))
          .filter(path -> !path.startsWith("../benchmarks")) // they fill tables as a platform would
          .filter(path -> path.toString().endsWith(".java"))
          .toList();
    }
  }
}
