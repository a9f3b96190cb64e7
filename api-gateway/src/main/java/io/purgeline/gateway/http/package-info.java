/** What all of the API has in common: problems, pages, users, limits. */
@NullMarked
package io.purgeline.gateway.http;

import org.jspecify.annotations.NullMarked;
