package io.purgeline.gateway.http;

import io.purgeline.audit.AuditEntry;
import io.purgeline.config.ConfigurationException;
import io.purgeline.config.SecurityProperties;
import io.purgeline.config.SecurityProperties.Role;
import io.purgeline.config.SecurityProperties.User;
import java.util.HashSet;
import java.util.List;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Turns the configured users into logins; refuses to start with users that could never log in. */
final class Users {

  private Users() {}

  static List<UserDetails> of(SecurityProperties security, PasswordEncoder passwords) {
    var users = security.users();
    if (users.isEmpty()) {
      throw new ConfigurationException(
          "No user is configured: set purgeline.security.users[0].name, .password and .roles"
              + " (viewer, editor or operator) to let somebody in.");
    }
    var names = new HashSet<String>();
    for (var user : users) {
      if (!names.add(user.name())) {
        throw new ConfigurationException(
            "purgeline.security.users has two users named '" + user.name() + "'.");
      }
      if (user.name().equals(AuditEntry.CANARY)) {
        throw new ConfigurationException(
            "purgeline.security.users must not have a user named 'canary': Purgeline itself deletes"
                + " under this name.");
      }
      requireReadable(user, passwords);
    }
    return users.stream().map(Users::login).toList();
  }

  private static void requireReadable(User user, PasswordEncoder passwords) {
    try {
      passwords.matches("anything", user.password());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "The password of the user '"
              + user.name()
              + "' in purgeline.security.users must start with its scheme, such as {bcrypt} or {noop}.");
    }
  }

  private static UserDetails login(User user) {
    return org.springframework.security.core.userdetails.User.withUsername(user.name())
        .password(user.password())
        .roles(user.roles().stream().map(Role::name).toArray(String[]::new))
        .build();
  }
}
