// Entry point: which provider makes the resources, where the state is kept, and the component to render.
import { CReact, FileBackend, MockCloudProvider } from 'creact';
import { MessagingApp } from './components/MessagingApp';

CReact.cloudProvider = new MockCloudProvider();
CReact.backendProvider = new FileBackend({ directory: '.creact/state' });

await CReact.renderCloudDOM(<MessagingApp />, process.env.STACK_NAME ?? 'messaging-app');
