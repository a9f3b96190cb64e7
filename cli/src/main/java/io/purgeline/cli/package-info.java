/** The operator's command line: talks to the HTTP API and to nothing else. */
@NullMarked
package io.purgeline.cli;

import org.jspecify.annotations.NullMarked;
