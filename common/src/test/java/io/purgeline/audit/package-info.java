@NullMarked
package io.purgeline.audit;

import org.jspecify.annotations.NullMarked;
