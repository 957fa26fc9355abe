import { useContext, useInstance, useOutput } from 'creact';
import { Dashboard, Grafana, PrometheusServer } from '../constructs';
import type { DashboardProps } from '../constructs';
import { DatabaseContext, InfraConfigContext, MessagingContext, NetworkContext } from '../contexts';

const dashboards: (Pick<DashboardProps, 'title' | 'panels'> & { slug: string })[] = [
  {
    slug: 'overview',
    title: 'System overview',
    panels: [
      { title: 'CPU', query: 'avg(rate(container_cpu_usage_seconds_total[5m]))', unit: 'percent' },
      { title: 'Memory', query: 'sum(container_memory_working_set_bytes)', unit: 'bytes' },
      { title: 'Pods ready', query: 'sum(kube_pod_status_ready{condition="true"})', unit: 'count' },
    ],
  },
  {
    slug: 'api',
    title: 'API performance',
    panels: [
      { title: 'Requests', query: 'sum(rate(http_requests_total{job="api"}[1m]))', unit: 'rate' },
      { title: 'p99 latency', query: 'histogram_quantile(0.99, rate(http_request_seconds_bucket[5m]))', unit: 'seconds' },
    ],
  },
  {
    slug: 'websocket',
    title: 'WebSocket connections',
    panels: [
      { title: 'Open connections', query: 'sum(ws_connections_open)', unit: 'count' },
      { title: 'Reconnects', query: 'sum(rate(ws_reconnects_total[5m]))', unit: 'rate' },
    ],
  },
  {
    slug: 'messages',
    title: 'Message throughput',
    panels: [
      { title: 'Sent', query: 'sum(rate(messages_sent_total[1m]))', unit: 'rate' },
      { title: 'Delivery time', query: 'histogram_quantile(0.95, rate(delivery_seconds_bucket[5m]))', unit: 'seconds' },
    ],
  },
  {
    slug: 'databases',
    title: 'Database health',
    panels: [
      { title: 'Connections', query: 'sum(pg_stat_activity_count)', unit: 'count' },
      { title: 'Replication lag', query: 'max(pg_replication_lag_seconds)', unit: 'seconds' },
      { title: 'Cache hits', query: 'avg(redis_keyspace_hit_ratio)', unit: 'percent' },
    ],
  },
  {
    slug: 'kafka',
    title: 'Kafka metrics',
    panels: [
      { title: 'Consumer lag', query: 'sum(kafka_consumergroup_lag) by (group)', unit: 'count' },
      { title: 'Under-replicated partitions', query: 'sum(kafka_under_replicated_partitions)', unit: 'count' },
    ],
  },
  {
    slug: 'errors',
    title: 'Error rates',
    panels: [
      { title: '5xx', query: 'sum(rate(http_requests_total{status=~"5.."}[5m]))', unit: 'rate' },
      { title: 'Dead letters', query: 'sum(queue_dead_letters)', unit: 'count' },
    ],
  },
  {
    slug: 'users',
    title: 'User analytics',
    panels: [
      { title: 'Online now', query: 'sum(users_online)', unit: 'count' },
      { title: 'Active today', query: 'sum(users_active_1d)', unit: 'count' },
    ],
  },
];

/** Watches all other layers: metrics, and a dashboard for each question that people ask. */
export function MonitoringLayer() {
  const { domain, retention } = useContext(InfraConfigContext);
  const { postgresUrl, redisUrl, elasticsearchUrl } = useContext(DatabaseContext);
  const { kafkaBrokers, alertTopicArn } = useContext(MessagingContext);
  const { loadBalancerUrl, websocketUrl } = useContext(NetworkContext);

  const prometheus = useInstance(PrometheusServer, {
    key: 'prometheus',
    name: 'messaging',
    retentionDays: retention.metricDays,
    targets: [
      { job: 'api', target: loadBalancerUrl, intervalSeconds: 15 },
      { job: 'websocket', target: websocketUrl, intervalSeconds: 15 },
      { job: 'postgres', target: postgresUrl, intervalSeconds: 30 },
      { job: 'redis', target: redisUrl, intervalSeconds: 30 },
      { job: 'kafka', target: kafkaBrokers, intervalSeconds: 30 },
    ],
    alertTopic: alertTopicArn,
  });

  const grafanaDomain = `grafana.${domain}`;
  useOutput('grafanaUrl', `https://${grafanaDomain}`);

  return (
    <Grafana
      key="grafana"
      name="messaging"
      domain={grafanaDomain}
      datasources={[
        { name: 'Prometheus', type: 'prometheus', url: prometheus.outputs.url },
        { name: 'Search', type: 'elasticsearch', url: elasticsearchUrl },
      ]}
    >
      {dashboards.map(({ slug, title, panels }) => (
        <Dashboard key={slug} title={title} refreshSeconds={30} panels={panels} />
      ))}
    </Grafana>
  );
}
