package io.purgeline.worker.purge;

import io.purgeline.worker.objects.ObjectEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** A batch's entries as compressed bytes: keys and version ids exactly as stored. */
final class EntryCodec {

  private EntryCodec() {}

  static byte[] encode(List<ObjectEntry> entries) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      out.writeInt(entries.size());
      for (var entry : entries) {
        write(out, entry.key());
        out.writeBoolean(entry.versionId() != null);
        if (entry.versionId() != null) {
          write(out, entry.versionId());
        }
        out.writeLong(entry.size());
        out.writeBoolean(entry.marker());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static List<ObjectEntry> decode(byte[] encoded) {
    try (var in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(encoded)))) {
      var size = in.readInt();
      var entries = new ArrayList<ObjectEntry>(size);
      for (int i = 0; i < size; i++) {
        var key = read(in);
        var version = in.readBoolean() ? read(in) : null;
        entries.add(new ObjectEntry(key, version, in.readLong(), in.readBoolean()));
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String read(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
