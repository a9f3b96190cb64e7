package io.purgeline.gateway.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** An answer other than success: becomes a problem detail (RFC 9457) with these members. */
public final class ApiException extends RuntimeException {

  private final HttpStatus status;
  private final Map<String, Object> members = new LinkedHashMap<>();
  private final HttpHeaders headers = new HttpHeaders();

  public ApiException(HttpStatus status, String detail) {
    super(detail);
    this.status = status;
  }

  public static ApiException badRequest(String detail) {
    return new ApiException(HttpStatus.BAD_REQUEST, detail);
  }

  public static ApiException notFound(String detail) {
    return new ApiException(HttpStatus.NOT_FOUND, detail);
  }

  public static ApiException conflict(String detail) {
    return new ApiException(HttpStatus.CONFLICT, detail);
  }

  /** Adds a member to the problem's body. */
  public ApiException with(String member, Object value) {
    members.put(member, value);
    return this;
  }

  /** Adds a header to the answer. */
  public ApiException header(String name, String value) {
    headers.add(name, value);
    return this;
  }

  public HttpStatus status() {
    return status;
  }

  public Map<String, Object> members() {
    return members;
  }

  public HttpHeaders headers() {
    return headers;
  }
}
