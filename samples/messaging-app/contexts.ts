// What one layer tells the layers inside it. URLs are absent until the layer that owns them has rendered; before
// deployment they are unknown values, which can be put into other resources all the same.
import { createContext } from 'creact';
import { loadConfig } from './config';
import type { InfraConfig } from './config';

export interface SecurityContextValue {
  vaultUrl?: string;
  certificateArn?: string;
  encryptionKeyArn?: string;
}

export interface DatabaseContextValue {
  postgresUrl?: string;
  redisUrl?: string;
  elasticsearchUrl?: string;
}

export interface MessagingContextValue {
  kafkaBrokers?: string;
  mediaQueueUrl?: string;
  emailQueueUrl?: string;
  pushTopicArn?: string;
  alertTopicArn?: string;
}

export interface NetworkContextValue {
  loadBalancerUrl?: string;
  websocketUrl?: string;
  apiGatewayUrl?: string;
  cdnUrl?: string;
}

export const InfraConfigContext = createContext<InfraConfig>(loadConfig());
export const SecurityContext = createContext<SecurityContextValue>({});
export const DatabaseContext = createContext<DatabaseContextValue>({});
export const MessagingContext = createContext<MessagingContextValue>({});
export const NetworkContext = createContext<NetworkContextValue>({});
