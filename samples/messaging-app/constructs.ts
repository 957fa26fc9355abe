// The kinds of resources that the app is made of. A construct says what it takes (props) and what it gives once it
// exists (outputs). `mockOutputs` is what the mock provider answers; a real provider asks the cloud.

const account = '123456789012';

// ---- security ----

export interface VaultClusterProps {
  name: string;
  nodes: number;
  tlsCertificate?: string;
  sealKey?: string;
}

export class VaultCluster {
  constructor(public props: VaultClusterProps) {}
  declare outputs: { url: string; clusterId: string };
  static mockOutputs(props: VaultClusterProps) {
    return { url: `https://${props.name}.vault.internal:8200`, clusterId: `vault-${props.name}` };
  }
}

export interface CertificateProps {
  domain: string;
  alternativeNames?: string[];
  validation: 'DNS' | 'EMAIL';
  region: string;
}

export class Certificate {
  constructor(public props: CertificateProps) {}
  declare outputs: { arn: string };
  static mockOutputs(props: CertificateProps) {
    return { arn: `arn:aws:acm:${props.region}:${account}:certificate/${props.domain}` };
  }
}

export interface EncryptionKeyProps {
  alias: string;
  region: string;
  rotation: boolean;
  description?: string;
}

export class EncryptionKey {
  constructor(public props: EncryptionKeyProps) {}
  declare outputs: { arn: string; keyId: string };
  static mockOutputs(props: EncryptionKeyProps) {
    return { arn: `arn:aws:kms:${props.region}:${account}:alias/${props.alias}`, keyId: `key-${props.alias}` };
  }
}

// ---- databases ----

export interface BackupPolicy {
  retentionDays: number;
  window: string;
  crossRegion: boolean;
}

export interface PostgresClusterProps {
  name: string;
  version: string;
  replicas: number;
  storageGb: number;
  encryptionKey?: string;
  backup?: BackupPolicy;
  parameters?: Record<string, string>;
}

export class PostgresCluster {
  constructor(public props: PostgresClusterProps) {}
  declare outputs: { host: string; port: number; url: string; readUrl: string };
  static mockOutputs(props: PostgresClusterProps) {
    const host = `${props.name}.postgres.internal`;
    return {
      host,
      port: 5432,
      url: `postgres://app@${host}:5432/${props.name}`,
      readUrl: `postgres://app@ro.${host}:5432/${props.name}`,
    };
  }
}

export interface RedisClusterProps {
  name: string;
  nodes: number;
  evictionPolicy: 'allkeys-lru' | 'volatile-ttl' | 'noeviction';
  encryptionKey?: string;
  snapshotDays?: number;
}

export class RedisCluster {
  constructor(public props: RedisClusterProps) {}
  declare outputs: { host: string; url: string };
  static mockOutputs(props: RedisClusterProps) {
    const host = `${props.name}.redis.internal`;
    return { host, url: `rediss://${host}:6379` };
  }
}

export interface ElasticsearchClusterProps {
  name: string;
  version: string;
  nodes: number;
  storageGb: number;
  encryptionKey?: string;
  indices: { name: string; shards: number; retentionDays: number }[];
}

export class ElasticsearchCluster {
  constructor(public props: ElasticsearchClusterProps) {}
  declare outputs: { url: string };
  static mockOutputs(props: ElasticsearchClusterProps) {
    return { url: `https://${props.name}.search.internal:9200` };
  }
}

// ---- messaging ----

export interface KafkaClusterProps {
  name: string;
  version: string;
  brokers: number;
  encryptionKey?: string;
  topics: { name: string; partitions: number; retentionHours: number }[];
}

export class KafkaCluster {
  constructor(public props: KafkaClusterProps) {}
  declare outputs: { bootstrapServers: string };
  static mockOutputs(props: KafkaClusterProps) {
    return { bootstrapServers: `bootstrap.${props.name}.kafka.internal:9094` };
  }
}

export interface QueueProps {
  name: string;
  region: string;
  visibilityTimeoutSeconds: number;
  retentionHours: number;
  deadLetterAfter?: number;
  encryptionKey?: string;
}

export class Queue {
  constructor(public props: QueueProps) {}
  declare outputs: { url: string; arn: string };
  static mockOutputs(props: QueueProps) {
    return {
      url: `https://sqs.${props.region}.amazonaws.com/${account}/${props.name}`,
      arn: `arn:aws:sqs:${props.region}:${account}:${props.name}`,
    };
  }
}

export interface TopicProps {
  name: string;
  region: string;
  displayName: string;
  encryptionKey?: string;
}

export class Topic {
  constructor(public props: TopicProps) {}
  declare outputs: { arn: string };
  static mockOutputs(props: TopicProps) {
    return { arn: `arn:aws:sns:${props.region}:${account}:${props.name}` };
  }
}

// ---- storage ----

export interface BucketProps {
  name: string;
  region: string;
  versioned: boolean;
  publicRead: boolean;
  encryptionKey?: string;
  lifecycle?: { transitionDays?: number; expireDays?: number; storageClass?: string };
  cors?: { origins: string[]; methods: string[] };
}

export class Bucket {
  constructor(public props: BucketProps) {}
  declare outputs: { arn: string; domainName: string };
  static mockOutputs(props: BucketProps) {
    return { arn: `arn:aws:s3:::${props.name}`, domainName: `${props.name}.s3.${props.region}.amazonaws.com` };
  }
}

export interface FileSystemProps {
  name: string;
  region: string;
  performance: 'generalPurpose' | 'maxIO';
  throughput: 'bursting' | 'elastic';
  encryptionKey?: string;
}

export class FileSystem {
  constructor(public props: FileSystemProps) {}
  declare outputs: { mountTarget: string };
  static mockOutputs(props: FileSystemProps) {
    return { mountTarget: `fs-${props.name}.efs.${props.region}.amazonaws.com` };
  }
}

// ---- network ----

export interface ListenerRule {
  path: string;
  service: string;
  port: number;
}

export interface ApplicationLoadBalancerProps {
  name: string;
  region: string;
  certificate?: string;
  healthCheck: { path: string; intervalSeconds: number };
  rules: ListenerRule[];
}

export class ApplicationLoadBalancer {
  constructor(public props: ApplicationLoadBalancerProps) {}
  declare outputs: { dnsName: string; arn: string };
  static mockOutputs(props: ApplicationLoadBalancerProps) {
    return {
      dnsName: `${props.name}.${props.region}.elb.amazonaws.com`,
      arn: `arn:aws:elasticloadbalancing:${props.region}:${account}:loadbalancer/app/${props.name}`,
    };
  }
}

export interface NetworkLoadBalancerProps {
  name: string;
  region: string;
  certificate?: string;
  port: number;
  targetPort: number;
  idleTimeoutSeconds: number;
}

export class NetworkLoadBalancer {
  constructor(public props: NetworkLoadBalancerProps) {}
  declare outputs: { dnsName: string };
  static mockOutputs(props: NetworkLoadBalancerProps) {
    return { dnsName: `${props.name}.${props.region}.elb.amazonaws.com` };
  }
}

export interface ApiGatewayProps {
  name: string;
  region: string;
  stage: string;
  upstream: string;
  throttle: { ratePerSecond: number; burst: number };
}

export class ApiGateway {
  constructor(public props: ApiGatewayProps) {}
  declare outputs: { invokeUrl: string };
  static mockOutputs(props: ApiGatewayProps) {
    return { invokeUrl: `https://${props.name}.execute-api.${props.region}.amazonaws.com/${props.stage}` };
  }
}

export interface CdnProps {
  name: string;
  aliases: string[];
  certificate?: string;
  origins: { id: string; domain: string; path: string }[];
  priceClass: 'all' | '100' | '200';
}

export class Cdn {
  constructor(public props: CdnProps) {}
  declare outputs: { domainName: string; distributionId: string };
  static mockOutputs(props: CdnProps) {
    return { domainName: `${props.name}.cloudfront.net`, distributionId: `E-${props.name}` };
  }
}

// ---- compute ----

export type EnvironmentVariables = Record<string, string | undefined>;

export interface KubernetesDeploymentProps {
  name: string;
  namespace: string;
  image: string;
  replicas: number;
  port?: number;
  resources: { cpu: string; memory: string };
  probes?: { liveness: string; readiness: string };
  env: EnvironmentVariables;
}

export class KubernetesDeployment {
  constructor(public props: KubernetesDeploymentProps) {}
  declare outputs: { serviceName: string };
  static mockOutputs(props: KubernetesDeploymentProps) {
    return { serviceName: `${props.name}.${props.namespace}.svc.cluster.local` };
  }
}

export interface LambdaFunctionProps {
  name: string;
  region: string;
  runtime: string;
  handler: string;
  memoryMb: number;
  timeoutSeconds: number;
  trigger?: string;
  env: EnvironmentVariables;
}

export class LambdaFunction {
  constructor(public props: LambdaFunctionProps) {}
  declare outputs: { arn: string };
  static mockOutputs(props: LambdaFunctionProps) {
    return { arn: `arn:aws:lambda:${props.region}:${account}:function:${props.name}` };
  }
}

// ---- monitoring ----

export interface ScrapeTarget {
  job: string;
  target?: string;
  intervalSeconds: number;
}

export interface PrometheusServerProps {
  name: string;
  retentionDays: number;
  targets: ScrapeTarget[];
  alertTopic?: string;
}

export class PrometheusServer {
  constructor(public props: PrometheusServerProps) {}
  declare outputs: { url: string };
  static mockOutputs(props: PrometheusServerProps) {
    return { url: `http://${props.name}.prometheus.internal:9090` };
  }
}

export interface GrafanaProps {
  name: string;
  domain: string;
  datasources: { name: string; type: string; url?: string }[];
}

export class Grafana {
  constructor(public props: GrafanaProps) {}
  declare outputs: { url: string };
  static mockOutputs(props: GrafanaProps) {
    return { url: `https://${props.domain}` };
  }
}

export interface Panel {
  title: string;
  query: string;
  unit: 'percent' | 'seconds' | 'bytes' | 'count' | 'rate';
}

export interface DashboardProps {
  title: string;
  refreshSeconds: number;
  panels: Panel[];
}

export class Dashboard {
  constructor(public props: DashboardProps) {}
  declare outputs: { uid: string };
  static mockOutputs(props: DashboardProps) {
    return { uid: props.title.toLowerCase().replaceAll(' ', '-') };
  }
}
