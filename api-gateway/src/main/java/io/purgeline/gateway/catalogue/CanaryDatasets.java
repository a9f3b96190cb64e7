package io.purgeline.gateway.catalogue;

import io.purgeline.audit.AuditEntry;
import io.purgeline.gateway.catalogue.CatalogueChanges.Change;
import io.purgeline.gateway.catalogue.DatasetBody.NewDataset;
import io.purgeline.location.Location;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Registers the datasets of canaries as any other dataset; only their place is a reserved one. */
@Component
public class CanaryDatasets {

  private final CatalogueChanges changes;
  private final Datasets datasets;

  CanaryDatasets(CatalogueChanges changes, Datasets datasets) {
    this.changes = changes;
    this.datasets = datasets;
  }

  /**
   * Registers one; the same again changes nothing.
   *
   * @throws io.purgeline.gateway.http.ApiException if somebody has the place, or the id
   */
  public void register(UUID id, Location location) {
    var dataset = new NewDataset(id, "purgeline canary " + id, "files", null, List.of(location));
    changes.make(
        new Change(AuditEntry.CANARY, "dataset.register", "dataset", id.toString()),
        () -> datasets.register(dataset, AuditEntry.CANARY));
  }
}
