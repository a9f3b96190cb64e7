package io.purgeline.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may log in.
 *
 * @param users the users; without one the gateway refuses to start
 */
public record SecurityProperties(@DefaultValue List<@Valid User> users) {

  /** What a user may do: read; change the catalogue and delete; everything. */
  public enum Role {
    VIEWER,
    EDITOR,
    OPERATOR
  }

  /**
   * One user.
   *
   * @param name the login
   * @param password hashed with its scheme in front (<code>{bcrypt}...</code>), or <code>{noop}
   *     </code> and the plain text
   * @param roles what the user may do
   */
  public record User(@NotBlank String name, @NotBlank String password, @NotEmpty Set<Role> roles) {}
}
