import { useContext, useInstance, useOutput, useState } from 'creact';
import type { PropsWithChildren } from 'creact';
import { ElasticsearchCluster, PostgresCluster, RedisCluster } from '../constructs';
import { DatabaseContext, InfraConfigContext, SecurityContext } from '../contexts';

/** Where messages are kept (PostgreSQL), who is online right now (Redis), and what was said when (Elasticsearch). */
export function DatabaseLayer({ children }: PropsWithChildren) {
  const { scaling, retention, enableBackups, environment } = useContext(InfraConfigContext);
  const { encryptionKeyArn } = useContext(SecurityContext);
  const [postgresUrl, setPostgresUrl] = useState<string>();
  const [redisUrl, setRedisUrl] = useState<string>();
  const [elasticsearchUrl, setElasticsearchUrl] = useState<string>();

  const postgres = useInstance(PostgresCluster, {
    key: 'postgres',
    name: 'messages',
    version: '16.4',
    replicas: scaling.postgresReplicas,
    storageGb: 500,
    encryptionKey: encryptionKeyArn,
    backup: enableBackups
      ? { retentionDays: retention.backupDays, window: '03:00-04:00', crossRegion: environment === 'prod' }
      : undefined,
    parameters: {
      max_connections: '500',
      shared_preload_libraries: 'pg_stat_statements',
      log_min_duration_statement: '250',
    },
  });

  const redis = useInstance(RedisCluster, {
    key: 'redis',
    name: 'presence',
    nodes: scaling.redisNodes,
    evictionPolicy: 'volatile-ttl',
    encryptionKey: encryptionKeyArn,
    snapshotDays: enableBackups ? retention.backupDays : undefined,
  });

  const elasticsearch = useInstance(ElasticsearchCluster, {
    key: 'elasticsearch',
    name: 'message-search',
    version: '8.15',
    nodes: scaling.elasticsearchNodes,
    storageGb: 250,
    encryptionKey: encryptionKeyArn,
    indices: [
      { name: 'messages', shards: 6, retentionDays: 365 },
      { name: 'audit', shards: 2, retentionDays: retention.logDays },
    ],
  });

  if (postgres.outputs?.url && !postgresUrl) setPostgresUrl(postgres.outputs.url);
  if (redis.outputs?.url && !redisUrl) setRedisUrl(redis.outputs.url);
  if (elasticsearch.outputs?.url && !elasticsearchUrl) setElasticsearchUrl(elasticsearch.outputs.url);

  useOutput('postgresUrl', postgresUrl);

  return (
    <DatabaseContext.Provider value={{ postgresUrl, redisUrl, elasticsearchUrl }}>{children}</DatabaseContext.Provider>
  );
}
