package io.purgeline.gateway.catalogue;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.purgeline.gateway.catalogue.Dataset.User;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which models were trained on which datasets. */
@Repository
class ModelUses {

  private final JdbcClient jdbc;

  ModelUses(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The models of each of these datasets that has any, by name and version. */
  Map<UUID, List<User>> of(Collection<UUID> datasetIds) {
    return jdbc
        .sql(
            """
            select d.dataset_id, m.id, m.name, m.version, m.is_active, m.is_production
            from model_dataset d join model m on m.id = d.model_id
            where d.dataset_id = any(:ids) order by m.name, m.version
            """)
        .param("ids", datasetIds.toArray(UUID[]::new))
        .query((row, n) ->
            Map.entry(
                row.getObject("dataset_id", UUID.class),
                new User(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getString("version"),
                    row.getBoolean("is_active"),
                    row.getBoolean("is_production"))))
        .list()
        .stream()
        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
  }
}
