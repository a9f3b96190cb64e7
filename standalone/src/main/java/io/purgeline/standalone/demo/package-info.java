/**
 * The story the demo tells: real files are made, deleted through the API, and looked for
 * afterwards.
 */
@NullMarked
package io.purgeline.standalone.demo;

import org.jspecify.annotations.NullMarked;
