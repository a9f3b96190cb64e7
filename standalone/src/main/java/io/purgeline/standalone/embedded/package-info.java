/**
 * PostgreSQL, an AMQP broker and an S3 server inside this JVM or started by it, for trying the
 * product without installing anything. {@link io.purgeline.standalone.embedded.EmbeddedServers} is
 * the door.
 */
@NullMarked
package io.purgeline.standalone.embedded;

import org.jspecify.annotations.NullMarked;
