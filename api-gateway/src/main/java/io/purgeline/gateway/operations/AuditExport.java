package io.purgeline.gateway.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes entries one by one, as lines of a file. */
enum AuditExport {
  /** RFC 4180, with a header. */
  CSV {
    @Override
    void begin(Writer out) throws IOException {
      out.write("id,at,actor,act,resource_kind,resource_id,reason,outcome,deletion_id,detail\r\n");
    }

    @Override
    void write(AuditRecord entry, JsonMapper json, Writer out) throws IOException {
      var cells =
          new @Nullable Object[] {
            entry.id(),
            entry.at(),
            entry.actor(),
            entry.act(),
            entry.resourceKind(),
            entry.resourceId(),
            entry.reason(),
            entry.outcome(),
            entry.deletionId(),
            entry.detail()
          };
      out.write(Arrays.stream(cells).map(AuditExport::cell).collect(Collectors.joining(",")));
      out.write("\r\n");
    }
  },
  /** One JSON object a line. */
  NDJSON {
    @Override
    void begin(Writer out) {}

    @Override
    void write(AuditRecord entry, JsonMapper json, Writer out) throws IOException {
      out.write(json.writeValueAsString(entry));
      out.write('\n');
    }
  };

  abstract void begin(Writer out) throws IOException;

  abstract void write(AuditRecord entry, JsonMapper json, Writer out) throws IOException;

  /** Writes everything that matches. */
  void writeAll(AuditRecords records, AuditFilter filter, JsonMapper json, Writer out)
      throws IOException {
    begin(out);
    try {
      records.forEach(filter, entry -> writeUnchecked(entry, json, out));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    out.flush();
  }

  private void writeUnchecked(AuditRecord entry, JsonMapper json, Writer out) {
    try {
      write(entry, json, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String cell(@Nullable Object value) {
    var text = value == null ? "" : value.toString();
    return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
