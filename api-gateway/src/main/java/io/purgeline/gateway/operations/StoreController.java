package io.purgeline.gateway.operations;

import io.purgeline.gateway.http.ApiException;
import io.purgeline.gateway.http.Page;
import io.purgeline.gateway.http.QueryValues;
import io.purgeline.gateway.operations.OperatorActs.Act;
import io.purgeline.gateway.operations.StoreIdentities.StoreIdentity;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Which buckets and roots are known, whether they are still the same and within reach. */
@RestController
@RequestMapping("/api/v1/stores")
@Tag(name = "Operations")
class StoreController {

  private final StoreViews views;
  private final StoreIdentities stores;
  private final OperatorActs acts;

  StoreController(StoreViews views, StoreIdentities stores, OperatorActs acts) {
    this.views = views;
    this.stores = stores;
    this.acts = acts;
  }

  @Operation(
      summary = "Buckets and roots, what they are recognised by and who does not reach them",
      description =
          """
          `problem` says why nobody purges there: it is not what it was, nobody can tell whether it is, or it is known \
          by another name. `identity` is what is on record, `none yet` while nothing is. `out_of_reach` has the workers \
          that do not reach it now, each with `since` when, its `problem`, and `whole`: whether the store as a whole is \
          meant or this bucket alone. A report that was not repeated for a minute is left out. What was never reached \
          by anybody has no identity, and a store of which that is so is listed without its buckets.
          """)
  @GetMapping
  Page<StoreView> list(
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return views.page(limit, QueryValues.textCursor(cursor));
  }

  @Operation(
      summary = "Accept what is in a place now as what belongs there",
      description =
          """
          **Warning: purges of this place go on at once, and what is missing there then counts as already gone. \
          This cannot be undone.** Do this only if the bucket or root was replaced on purpose. \
          `identity` is what the list shows as `observed`: what was put there since then is not accepted. What was \
          known by another name before loses that one; where something is registered by it, that is refused with 409.
          """)
  @PostMapping("/identity")
  StoreIdentity accept(@RequestBody IdentityRequest body, Principal user) {
    var place = body.place() == null ? "" : body.place();
    var act = Act.of(user.getName(), "store.accept", "store", place).because(body.reason());
    return acts.perform(
        act, by -> stores.accept(required("place", place), required("identity", body.identity())));
  }

  private static String required(String name, @Nullable String value) {
    if (value == null || value.isBlank() || value.indexOf('\0') >= 0) {
      throw ApiException.badRequest("Needed is: " + name);
    }
    return value;
  }

  /** Which place, which identity was observed there, and why it is accepted. */
  record IdentityRequest(
      @Nullable String place, @Nullable String identity, @Nullable String reason) {}
}
