package io.purgeline.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the server is and who asks: from options, else the environment, else the user's file. */
final class Login {

  private static final String DEFAULT_URL = "http://127.0.0.1:8080";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where the gateway is; else PURGELINE_URL, else " + DEFAULT_URL + ".")
  private @Nullable String url;

  @Option(names = "--user", paramLabel = "NAME", description = "Else PURGELINE_USER.")
  private @Nullable String user;

  @Option(
      names = "--password",
      paramLabel = "PASSWORD",
      arity = "0..1",
      interactive = true,
      description =
          "Else PURGELINE_PASSWORD; without a value it is asked for. Url, user and password may also"
              + " be in ~/.config/purgeline/config.toml.")
  private @Nullable String password;

  /**
   * The API, as this user.
   *
   * @throws FailedException if there is no login or it cannot be read
   */
  Api api() {
    var settings = new Settings(System.getenv());
    var name = settings.value("user", user);
    var secret = settings.value("password", password);
    if (name == null || secret == null) {
      throw new FailedException(
          ExitCode.USAGE,
          "No login: give --user and --password, set PURGELINE_USER and PURGELINE_PASSWORD, or write"
              + " both to ~/.config/purgeline/config.toml.");
    }
    var address = settings.value("url", url);
    return new Api(uri(address == null ? DEFAULT_URL : address), name, secret);
  }

  /**
   * An address without the slash at its end.
   *
   * @throws FailedException if it is none
   */
  static URI uri(String text) {
    try {
      var uri = URI.create(text.replaceAll("/+$", ""));
      var isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (isHttp && uri.getHost() != null && uri.getQuery() == null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new FailedException(
        ExitCode.USAGE, "'" + text + "' is no address such as " + DEFAULT_URL + ".");
  }
}
