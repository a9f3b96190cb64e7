package io.purgeline.gateway.http;

import io.purgeline.config.PurgelineProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads no more of a body than it may have; a bulk registration of samples may have any size. */
@Component
final class BodyLimit extends OncePerRequestFilter {

  private static final Pattern BULK = Pattern.compile("/api/v1/datasets/[^/]+/samples");

  private final long most;
  private final ProblemWriter problems;
  private final Refusals refusals;

  BodyLimit(PurgelineProperties properties, ProblemWriter problems, Refusals refusals) {
    this.most = properties.http().maxBody().toBytes();
    this.problems = problems;
    this.refusals = refusals;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return BULK.matcher(request.getRequestURI()).matches();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > most) {
      refusals.keep(request, tooLarge());
      problems.write(request, response, HttpStatus.CONTENT_TOO_LARGE, tooLarge());
    } else {
      chain.doFilter(new Limited(request), response);
    }
  }

  private String tooLarge() {
    return "The body must not exceed " + most + " bytes";
  }

  /** Counts what is read: a length need not be told. */
  private final class Limited extends HttpServletRequestWrapper {

    Limited(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new Counting(super.getInputStream());
    }
  }

  private final class Counting extends ServletInputStream {

    private final ServletInputStream in;
    private long read;

    Counting(ServletInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      var b = in.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      var n = in.read(buffer, offset, length);
      count(Math.max(0, n));
      return n;
    }

    private void count(int n) {
      read += n;
      if (read > most) {
        throw new ApiException(HttpStatus.CONTENT_TOO_LARGE, tooLarge());
      }
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }
  }
}
