import { useContext, useInstance, useState } from 'creact';
import type { PropsWithChildren } from 'creact';
import { Certificate, EncryptionKey, VaultCluster } from '../constructs';
import { InfraConfigContext, SecurityContext } from '../contexts';

/** Secrets, certificates and the key that everything at rest is encrypted with. */
export function SecurityLayer({ children }: PropsWithChildren) {
  const config = useContext(InfraConfigContext);
  const [vaultUrl, setVaultUrl] = useState<string>();
  const [certificateArn, setCertificateArn] = useState<string>();
  const [encryptionKeyArn, setEncryptionKeyArn] = useState<string>();

  const dataKey = useInstance(EncryptionKey, {
    key: 'data-key',
    alias: 'messaging-data',
    region: config.region,
    rotation: true,
    description: 'messages, media and backups at rest',
  });

  const certificate = useInstance(Certificate, {
    key: 'certificate',
    domain: config.domain,
    alternativeNames: [`*.${config.domain}`],
    validation: 'DNS',
    region: config.region,
  });

  const vault = useInstance(VaultCluster, {
    key: 'vault',
    name: 'messaging',
    nodes: 3,
    tlsCertificate: certificate.outputs.arn,
    sealKey: dataKey.outputs.arn,
  });

  if (dataKey.outputs?.arn && !encryptionKeyArn) setEncryptionKeyArn(dataKey.outputs.arn);
  if (certificate.outputs?.arn && !certificateArn) setCertificateArn(certificate.outputs.arn);
  if (vault.outputs?.url && !vaultUrl) setVaultUrl(vault.outputs.url);

  return (
    <SecurityContext.Provider value={{ vaultUrl, certificateArn, encryptionKeyArn }}>
      {children}
    </SecurityContext.Provider>
  );
}
