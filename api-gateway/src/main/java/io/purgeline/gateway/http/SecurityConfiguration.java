package io.purgeline.gateway.http;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;

import io.purgeline.config.ConfigurationException;
import io.purgeline.config.PurgelineProperties;
import io.purgeline.config.SecurityProperties.Role;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Who may do what: viewers read, editors change the catalogue and delete, operators do everything.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  private static final String NO_USERS =
      "No user is configured: set purgeline.security.users[0].name, .password and .roles"
          + " (viewer, editor or operator) to let somebody in.";
  private static final String[] OPEN = {
    "/health/**",
    "/metrics",
    "/docs/**",
    "/v3/api-docs/**",
    "/swagger-ui/**",
    "/webjars/**",
    "/error"
  };
  private static final String[] OPERATIONS = {
    "/api/v1/freeze/**", "/api/v1/stores/**", "/api/v1/dead-letters/**"
  };

  @Bean
  UserDetailsService users(PurgelineProperties properties) {
    var users = properties.security().users();
    if (users.isEmpty()) {
      throw new ConfigurationException(NO_USERS);
    }
    return new InMemoryUserDetailsManager(users.stream().map(SecurityConfiguration::user).toList());
  }

  private static UserDetails user(io.purgeline.config.SecurityProperties.User user) {
    return User.withUsername(user.name())
        .password(user.password())
        .roles(user.roles().stream().map(Role::name).toArray(String[]::new))
        .build();
  }

  @Bean
  SecurityFilterChain security(HttpSecurity http, ProblemWriter problems) throws Exception {
    var viewer = Role.VIEWER.name();
    var editor = Role.EDITOR.name();
    var operator = Role.OPERATOR.name();
    return http.authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(OPEN)
                .permitAll()
                .requestMatchers(GET)
                .hasAnyRole(viewer, editor, operator)
                .requestMatchers(HEAD)
                .hasAnyRole(viewer, editor, operator)
                .requestMatchers(OPERATIONS)
                .hasRole(operator)
                .anyRequest()
                .hasAnyRole(editor, operator))
        .httpBasic(basic ->
            basic.authenticationEntryPoint((request, response, e) -> {
              response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"purgeline\"");
              problems.write(response, HttpStatus.UNAUTHORIZED, "Please log in");
            }))
        .exceptionHandling(errors ->
            errors.accessDeniedHandler((request, response, e) ->
                problems.write(
                    response,
                    HttpStatus.FORBIDDEN,
                    "Your role does not allow " + request.getMethod() + " here")))
        .csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .build();
  }
}
