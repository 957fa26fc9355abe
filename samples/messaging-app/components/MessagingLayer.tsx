import { useContext, useInstance, useOutput, useState } from 'creact';
import type { PropsWithChildren } from 'creact';
import { KafkaCluster, Queue, Topic } from '../constructs';
import { InfraConfigContext, MessagingContext, SecurityContext } from '../contexts';

/** The stream of messages (Kafka), jobs that may wait (queues) and what is pushed to many (topics). */
export function MessagingLayer({ children }: PropsWithChildren) {
  const { region, scaling, retention } = useContext(InfraConfigContext);
  const { encryptionKeyArn } = useContext(SecurityContext);
  const [kafkaBrokers, setKafkaBrokers] = useState<string>();
  const [mediaQueueUrl, setMediaQueueUrl] = useState<string>();
  const [emailQueueUrl, setEmailQueueUrl] = useState<string>();
  const [pushTopicArn, setPushTopicArn] = useState<string>();
  const [alertTopicArn, setAlertTopicArn] = useState<string>();

  const kafka = useInstance(KafkaCluster, {
    key: 'kafka',
    name: 'messages',
    version: '3.8',
    brokers: scaling.kafkaBrokers,
    encryptionKey: encryptionKeyArn,
    topics: [
      { name: 'messages', partitions: 48, retentionHours: retention.messageHours },
      { name: 'receipts', partitions: 24, retentionHours: retention.messageHours },
      { name: 'presence', partitions: 12, retentionHours: 1 },
    ],
  });

  const mediaQueue = useInstance(Queue, {
    key: 'media-queue',
    name: 'media-processing',
    region,
    visibilityTimeoutSeconds: 900,
    retentionHours: 96,
    deadLetterAfter: 5,
    encryptionKey: encryptionKeyArn,
  });

  const emailQueue = useInstance(Queue, {
    key: 'email-queue',
    name: 'email-digest',
    region,
    visibilityTimeoutSeconds: 60,
    retentionHours: 24,
    deadLetterAfter: 3,
    encryptionKey: encryptionKeyArn,
  });

  const pushTopic = useInstance(Topic, {
    key: 'push-topic',
    name: 'push-notifications',
    region,
    displayName: 'Push notifications',
    encryptionKey: encryptionKeyArn,
  });

  const alertTopic = useInstance(Topic, {
    key: 'alert-topic',
    name: 'operations-alerts',
    region,
    displayName: 'Alerts for the people on call',
  });

  if (kafka.outputs?.bootstrapServers && !kafkaBrokers) setKafkaBrokers(kafka.outputs.bootstrapServers);
  if (mediaQueue.outputs?.url && !mediaQueueUrl) setMediaQueueUrl(mediaQueue.outputs.url);
  if (emailQueue.outputs?.url && !emailQueueUrl) setEmailQueueUrl(emailQueue.outputs.url);
  if (pushTopic.outputs?.arn && !pushTopicArn) setPushTopicArn(pushTopic.outputs.arn);
  if (alertTopic.outputs?.arn && !alertTopicArn) setAlertTopicArn(alertTopic.outputs.arn);

  useOutput('kafkaBrokers', kafkaBrokers);

  return (
    <MessagingContext.Provider value={{ kafkaBrokers, mediaQueueUrl, emailQueueUrl, pushTopicArn, alertTopicArn }}>
      {children}
    </MessagingContext.Provider>
  );
}
