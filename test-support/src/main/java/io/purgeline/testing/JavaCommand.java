package io.purgeline.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a process on the Java of this JVM, with what Purgeline needs of it. */
public final class JavaCommand {

  private JavaCommand() {}

  /** One on the class path of this JVM. */
  public static List<String> onThisClassPath(
      List<String> options, String main, List<String> arguments) {
    var all = new ArrayList<>(options);
    all.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return of(all, main, arguments);
  }

  /** One on the class path that is among the options. */
  static List<String> of(List<String> options, String main, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.add(main);
    command.addAll(arguments);
    return command;
  }
}
