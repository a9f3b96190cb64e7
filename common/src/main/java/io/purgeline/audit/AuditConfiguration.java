package io.purgeline.audit;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The audit trail, and one loop that seals it, in every process. */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {

  @Bean
  AuditTrail auditTrail(JdbcClient jdbc) {
    return new AuditTrail(jdbc);
  }

  @Bean
  AuditSealer auditSealer(TransactionOperations transactions, JdbcTemplate jdbc) {
    return new AuditSealer(transactions, jdbc);
  }

  @Bean
  AuditVerifier auditVerifier(TransactionOperations transactions, JdbcTemplate jdbc) {
    return new AuditVerifier(transactions, jdbc);
  }

  @Bean
  AuditSealing auditSealing(AuditSealer sealer) {
    return new AuditSealing(sealer);
  }
}
