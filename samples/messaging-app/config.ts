// What distinguishes dev, staging and prod: the only place where sizes and policies are decided.

export type Environment = 'dev' | 'staging' | 'prod';

/** How many of each thing run. The table in README.md, row for row. */
export interface Scaling {
  postgresReplicas: number;
  redisNodes: number;
  elasticsearchNodes: number;
  kafkaBrokers: number;
  apiReplicas: number;
  websocketReplicas: number;
  workerReplicas: number;
}

/** How long things are kept, and whether copies of them are made. */
export interface Retention {
  backupDays: number;
  messageHours: number;
  logDays: number;
  metricDays: number;
}

export interface InfraConfig {
  environment: Environment;
  region: string;
  domain: string;
  enableMonitoring: boolean;
  enableBackups: boolean;
  scaling: Scaling;
  retention: Retention;
}

const scalingOf: Record<Environment, Scaling> = {
  dev: {
    postgresReplicas: 1,
    redisNodes: 3,
    elasticsearchNodes: 2,
    kafkaBrokers: 3,
    apiReplicas: 3,
    websocketReplicas: 4,
    workerReplicas: 2,
  },
  staging: {
    postgresReplicas: 2,
    redisNodes: 4,
    elasticsearchNodes: 3,
    kafkaBrokers: 4,
    apiReplicas: 5,
    websocketReplicas: 8,
    workerReplicas: 4,
  },
  prod: {
    postgresReplicas: 3,
    redisNodes: 6,
    elasticsearchNodes: 5,
    kafkaBrokers: 5,
    apiReplicas: 10,
    websocketReplicas: 15,
    workerReplicas: 8,
  },
};

const retentionOf: Record<Environment, Retention> = {
  dev: { backupDays: 0, messageHours: 24, logDays: 3, metricDays: 2 },
  staging: { backupDays: 7, messageHours: 72, logDays: 14, metricDays: 15 },
  prod: { backupDays: 35, messageHours: 168, logDays: 90, metricDays: 90 },
};

/** Where the program runs for, from the variable ENVIRONMENT. */
function environmentOf(value: string): Environment {
  if (value === 'dev' || value === 'staging' || value === 'prod') return value;
  throw new Error(`ENVIRONMENT must be dev, staging or prod, not '${value}'`);
}

/** A switch such as ENABLE_MONITORING=false; anything but 'true' and 'false' is a mistake worth hearing about. */
function flagOf(name: string, value: string | undefined, whenAbsent: boolean): boolean {
  if (value === undefined || value === '') return whenAbsent;
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw new Error(`${name} must be true or false, not '${value}'`);
}

export function loadConfig(): InfraConfig {
  const environment = environmentOf(process.env.ENVIRONMENT ?? 'dev');
  const isDev = environment === 'dev';
  return {
    environment,
    region: process.env.AWS_REGION ?? 'us-east-1',
    domain: process.env.DOMAIN ?? 'messaging-app.example.com',
    enableMonitoring: flagOf('ENABLE_MONITORING', process.env.ENABLE_MONITORING, true),
    enableBackups: flagOf('ENABLE_BACKUPS', process.env.ENABLE_BACKUPS, !isDev),
    scaling: scalingOf[environment],
    retention: retentionOf[environment],
  };
}
