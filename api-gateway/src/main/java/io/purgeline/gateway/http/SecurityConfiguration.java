package io.purgeline.gateway.http;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;

import io.purgeline.config.PurgelineProperties;
import io.purgeline.config.SecurityProperties.Role;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Who may do what: viewers read, editors change the catalogue and delete, operators do everything.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  private static final String[] OPEN = {
    "/health/**",
    "/metrics",
    "/docs/**",
    "/v3/api-docs/**",
    "/v3/api-docs.yaml",
    "/swagger-ui/**",
    "/webjars/**",
    "/error"
  };
  private static final String[] OPERATIONS = {
    "/api/v1/freeze/**", "/api/v1/stores/**", "/api/v1/dead-letters/**", "/api/v1/replays/**"
  };

  @Bean
  PasswordEncoder passwords() {
    return new RememberedPasswords(PasswordEncoderFactories.createDelegatingPasswordEncoder());
  }

  @Bean
  UserDetailsService users(PurgelineProperties properties, PasswordEncoder passwords) {
    return new InMemoryUserDetailsManager(Users.of(properties.security(), passwords));
  }

  /** What looks like an attempt to climb out of the path is answered like any other mistake. */
  @Bean
  RequestRejectedHandler unusablePaths(ProblemWriter problems) {
    return (request, response, e) ->
        problems.write(
            request, response, HttpStatus.BAD_REQUEST, "The path of the request is not allowed");
  }

  /**
   * Takes any text in a header, and whoever reads one looks whether it makes sense. The container
   * takes no line breaks there; of the bytes of a letter beyond ASCII, which it reads as characters
   * of their own, some look like control characters.
   */
  @Bean
  HttpFirewall firewall() {
    var firewall = new StrictHttpFirewall();
    firewall.setAllowedHeaderValues(value -> true);
    return firewall;
  }

  @Bean
  SecurityFilterChain security(HttpSecurity http, RefusedAccess refusedAccess) throws Exception {
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
        .httpBasic(basic -> basic.authenticationEntryPoint(refusedAccess))
        .exceptionHandling(errors ->
            errors.authenticationEntryPoint(refusedAccess).accessDeniedHandler(refusedAccess))
        .csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .build();
  }
}
