import { useContext, useInstance, useOutput, useState } from 'creact';
import type { PropsWithChildren } from 'creact';
import { ApiGateway, ApplicationLoadBalancer, Cdn, NetworkLoadBalancer } from '../constructs';
import { InfraConfigContext, NetworkContext, SecurityContext } from '../contexts';

/** The ways in: HTTP, WebSocket, functions, and the CDN before them. */
export function NetworkLayer({ children }: PropsWithChildren) {
  const { region, domain } = useContext(InfraConfigContext);
  const { certificateArn } = useContext(SecurityContext);
  const [loadBalancerUrl, setLoadBalancerUrl] = useState<string>();
  const [websocketUrl, setWebsocketUrl] = useState<string>();
  const [apiGatewayUrl, setApiGatewayUrl] = useState<string>();
  const [cdnUrl, setCdnUrl] = useState<string>();

  const http = useInstance(ApplicationLoadBalancer, {
    key: 'http',
    name: 'messaging-http',
    region,
    certificate: certificateArn,
    healthCheck: { path: '/healthz', intervalSeconds: 10 },
    rules: [
      { path: '/api/*', service: 'api', port: 8080 },
      { path: '/upload/*', service: 'api', port: 8081 },
    ],
  });

  const websocket = useInstance(NetworkLoadBalancer, {
    key: 'websocket',
    name: 'messaging-ws',
    region,
    certificate: certificateArn,
    port: 443,
    targetPort: 9000,
    idleTimeoutSeconds: 3600,
  });

  const gateway = useInstance(ApiGateway, {
    key: 'gateway',
    name: 'messaging-functions',
    region,
    stage: 'v1',
    upstream: `https://${http.outputs.dnsName}`,
    throttle: { ratePerSecond: 2000, burst: 5000 },
  });

  const cdn = useInstance(Cdn, {
    key: 'cdn',
    name: 'messaging-cdn',
    aliases: [domain, `media.${domain}`],
    certificate: certificateArn,
    origins: [
      { id: 'api', domain: http.outputs.dnsName, path: '/api' },
      { id: 'media', domain: `messaging-media-images.s3.${region}.amazonaws.com`, path: '/media' },
      { id: 'static', domain: `messaging-static-assets.s3.${region}.amazonaws.com`, path: '/' },
    ],
    priceClass: '100',
  });

  if (http.outputs?.dnsName && !loadBalancerUrl) setLoadBalancerUrl(`https://${http.outputs.dnsName}`);
  if (websocket.outputs?.dnsName && !websocketUrl) setWebsocketUrl(`wss://${websocket.outputs.dnsName}`);
  if (gateway.outputs?.invokeUrl && !apiGatewayUrl) setApiGatewayUrl(gateway.outputs.invokeUrl);
  if (cdn.outputs?.domainName && !cdnUrl) setCdnUrl(`https://${cdn.outputs.domainName}`);

  useOutput('apiUrl', loadBalancerUrl);
  useOutput('websocketUrl', websocketUrl);
  useOutput('cdnUrl', cdnUrl);

  return (
    <NetworkContext.Provider value={{ loadBalancerUrl, websocketUrl, apiGatewayUrl, cdnUrl }}>
      {children}
    </NetworkContext.Provider>
  );
}
