package io.purgeline.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.config.ConfigurationException;
import io.purgeline.config.SecurityProperties;
import io.purgeline.config.SecurityProperties.Role;
import io.purgeline.config.SecurityProperties.User;
import io.purgeline.gateway.GatewayApplication;
import io.purgeline.testing.PostgresServer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

@ExtendWith(OutputCaptureExtension.class)
class UsersTest {

  @Test
  void refusesToStartWithoutUsersAndSaysWhatToSet() {
    assertThatThrownBy(() -> users())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("purgeline.security.users[0].name, .password and .roles");
  }

  @Test
  void noGatewayStartsWithoutUsers(CapturedOutput output) {
    var database = PostgresServer.shared().newMigratedDatabase();

    assertThatThrownBy(() ->
            GatewayApplication.start(
                "--server.port=0",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--spring.rabbitmq.addresses=127.0.0.1:1"))
        .isNotNull();

    assertThat(output)
        .containsPattern(
            "Description:\\s+No user is configured: set purgeline.security.users\\[0].name, .password and .roles");
  }

  @Test
  void refusesTwoUsersOfOneName() {
    assertThatThrownBy(() -> users(user("alice", "{noop}a"), user("alice", "{noop}b")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'alice'");
  }

  @Test
  void keepsTheNameOfCanariesForThem() {
    assertThatThrownBy(() -> users(user("canary", "{noop}a")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'canary'");
  }

  @Test
  void refusesAPasswordWithoutItsSchemeAndDoesNotRepeatIt() {
    for (var password : List.of("plain-secret", "{unknown}plain-secret")) {
      assertThatThrownBy(() -> users(user("alice", password)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("'alice'")
          .hasMessageNotContaining("plain-secret");
    }
  }

  @Test
  void takesPlainAndHashedPasswords() {
    var users = users(user("alice", "{noop}a"), user("bob", "{bcrypt}$2a$10$x"));

    assertThat(users).extracting(user -> user.getUsername()).containsExactly("alice", "bob");
  }

  private static List<UserDetails> users(User... users) {
    return Users.of(
        new SecurityProperties(List.of(users)),
        PasswordEncoderFactories.createDelegatingPasswordEncoder());
  }

  private static User user(String name, String password) {
    return new User(name, password, Set.of(Role.VIEWER));
  }
}
