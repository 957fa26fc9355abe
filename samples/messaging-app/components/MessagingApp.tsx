import { useContext } from 'creact';
import { InfraConfigContext } from '../contexts';
import { ComputeLayer } from './ComputeLayer';
import { DatabaseLayer } from './DatabaseLayer';
import { MessagingLayer } from './MessagingLayer';
import { MonitoringLayer } from './MonitoringLayer';
import { NetworkLayer } from './NetworkLayer';
import { SecurityLayer } from './SecurityLayer';
import { StorageLayer } from './StorageLayer';

/** The whole platform. A layer gives what it makes to the layers inside it, through its context. */
export function MessagingApp() {
  const config = useContext(InfraConfigContext);

  return (
    <SecurityLayer>
      <StorageLayer />
      <DatabaseLayer>
        <MessagingLayer>
          <NetworkLayer>
            <ComputeLayer />
            {config.enableMonitoring && <MonitoringLayer />}
          </NetworkLayer>
        </MessagingLayer>
      </DatabaseLayer>
    </SecurityLayer>
  );
}
