import { useContext } from 'creact';
import { KubernetesDeployment, LambdaFunction } from '../constructs';
import { DatabaseContext, InfraConfigContext, MessagingContext, NetworkContext, SecurityContext } from '../contexts';

const registry = 'registry.example.com/messaging';
const release = '2.14.0';
const namespace = 'messaging';
const runtime = 'nodejs20.x';

/** The services and functions. All that they are told about the other layers, they are told by environment variables,
 * so each variable that holds a URL is a dependency of the service on the resource behind it. */
export function ComputeLayer() {
  const { environment, region, scaling } = useContext(InfraConfigContext);
  const { postgresUrl, redisUrl, elasticsearchUrl } = useContext(DatabaseContext);
  const { kafkaBrokers, mediaQueueUrl, emailQueueUrl, pushTopicArn } = useContext(MessagingContext);
  const { loadBalancerUrl, websocketUrl, cdnUrl } = useContext(NetworkContext);
  const { vaultUrl } = useContext(SecurityContext);

  const everywhere = {
    NODE_ENV: 'production',
    ENVIRONMENT: environment,
    LOG_LEVEL: environment === 'dev' ? 'debug' : 'info',
    VAULT_ADDR: vaultUrl,
  };

  const functions = [
    {
      name: 'media-processor',
      handler: 'dist/media.handler',
      memoryMb: 3008,
      timeoutSeconds: 300,
      trigger: mediaQueueUrl,
      env: { MEDIA_BUCKET: 'messaging-media-images', CDN_URL: cdnUrl },
    },
    {
      name: 'push-notifier',
      handler: 'dist/push.handler',
      memoryMb: 512,
      timeoutSeconds: 30,
      trigger: pushTopicArn,
      env: { REDIS_URL: redisUrl, DEEP_LINK_BASE: loadBalancerUrl },
    },
    {
      name: 'analytics',
      handler: 'dist/analytics.handler',
      memoryMb: 1024,
      timeoutSeconds: 120,
      trigger: undefined,
      env: { KAFKA_BROKERS: kafkaBrokers, ELASTICSEARCH_URL: elasticsearchUrl },
    },
  ];

  return (
    <>
      <KubernetesDeployment
        key="api"
        name="api"
        namespace={namespace}
        image={`${registry}/api:${release}`}
        replicas={scaling.apiReplicas}
        port={8080}
        resources={{ cpu: '500m', memory: '1Gi' }}
        probes={{ liveness: '/healthz', readiness: '/readyz' }}
        env={{
          ...everywhere,
          DATABASE_URL: postgresUrl,
          REDIS_URL: redisUrl,
          SEARCH_URL: elasticsearchUrl,
          KAFKA_BROKERS: kafkaBrokers,
          EMAIL_QUEUE_URL: emailQueueUrl,
          MEDIA_QUEUE_URL: mediaQueueUrl,
          PUBLIC_URL: loadBalancerUrl,
          CDN_URL: cdnUrl,
        }}
      />

      <KubernetesDeployment
        key="websocket"
        name="websocket"
        namespace={namespace}
        image={`${registry}/websocket:${release}`}
        replicas={scaling.websocketReplicas}
        port={9000}
        resources={{ cpu: '1', memory: '2Gi' }}
        probes={{ liveness: '/healthz', readiness: '/readyz' }}
        env={{
          ...everywhere,
          REDIS_URL: redisUrl,
          KAFKA_BROKERS: kafkaBrokers,
          PUBLIC_URL: websocketUrl,
        }}
      />

      <KubernetesDeployment
        key="worker"
        name="worker"
        namespace={namespace}
        image={`${registry}/worker:${release}`}
        replicas={scaling.workerReplicas}
        resources={{ cpu: '500m', memory: '1Gi' }}
        env={{
          ...everywhere,
          DATABASE_URL: postgresUrl,
          SEARCH_URL: elasticsearchUrl,
          KAFKA_BROKERS: kafkaBrokers,
          EMAIL_QUEUE_URL: emailQueueUrl,
          PUSH_TOPIC_ARN: pushTopicArn,
        }}
      />

      {functions.map(({ name, env, ...rest }) => (
        <LambdaFunction
          key={name}
          name={`messaging-${name}`}
          region={region}
          runtime={runtime}
          env={{ ...everywhere, ...env }}
          {...rest}
        />
      ))}
    </>
  );
}
