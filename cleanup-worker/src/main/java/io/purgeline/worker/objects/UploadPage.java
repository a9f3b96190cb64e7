package io.purgeline.worker.objects;

import io.purgeline.worker.store.StoreUnavailableException;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One page of a ListMultipartUploads answer.
 *
 * @param showsAll whether this store is known to show every upload
 */
record UploadPage(
    List<Upload> uploads, boolean truncated, String nextKey, String nextId, boolean showsAll) {

  /** Of a store that knows no such listing: what it has cannot be told. */
  static UploadPage none() {
    return new UploadPage(List.of(), false, "", "", false);
  }

  static UploadPage parse(byte[] xml, boolean showsAll) {
    try {
      return new Parser(xml).parse(showsAll);
    } catch (XMLStreamException e) {
      throw new StoreUnavailableException("an answer that lists uploads cannot be read", e);
    }
  }

  private static final class Parser {

    private final XMLStreamReader reader;
    private final List<Upload> uploads = new ArrayList<>();
    private boolean known;
    private boolean encoded;
    private boolean truncated;
    private String nextKey = "";
    private String nextId = "";
    private String key = "";

    Parser(byte[] xml) throws XMLStreamException {
      var factory = XMLInputFactory.newInstance();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
    }

    UploadPage parse(boolean showsAll) throws XMLStreamException {
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT) {
          element(reader.getLocalName());
        }
      }
      if (!known) {
        throw new XMLStreamException("no ListMultipartUploadsResult");
      }
      return new UploadPage(uploads, truncated, decode(nextKey), nextId, showsAll);
    }

    private void element(String name) throws XMLStreamException {
      switch (name) {
        case "ListMultipartUploadsResult" -> known = true;
        case "EncodingType" -> encoded = reader.getElementText().equals("url");
        case "IsTruncated" -> truncated = Boolean.parseBoolean(reader.getElementText());
        case "NextKeyMarker" -> nextKey = reader.getElementText();
        case "NextUploadIdMarker" -> nextId = reader.getElementText();
        case "Key" -> key = reader.getElementText();
        case "UploadId" -> uploads.add(new Upload(decode(key), reader.getElementText()));
        default -> {}
      }
    }

    private String decode(String text) {
      return encoded ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text;
    }
  }
}
