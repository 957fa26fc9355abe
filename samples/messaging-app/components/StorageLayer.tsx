import { useContext } from 'creact';
import { Bucket, FileSystem } from '../constructs';
import type { BucketProps } from '../constructs';
import { InfraConfigContext, SecurityContext } from '../contexts';

interface MediaKind {
  kind: string;
  coldAfterDays: number;
}

const mediaKinds: MediaKind[] = [
  { kind: 'images', coldAfterDays: 90 },
  { kind: 'videos', coldAfterDays: 30 },
  { kind: 'attachments', coldAfterDays: 180 },
];

/** Media of users, the web client's files, backups, and a file system that the services share. */
export function StorageLayer() {
  const { region, domain, enableBackups, retention } = useContext(InfraConfigContext);
  const { encryptionKeyArn } = useContext(SecurityContext);

  const privateBucket: Pick<BucketProps, 'region' | 'versioned' | 'publicRead' | 'encryptionKey'> = {
    region,
    versioned: true,
    publicRead: false,
    encryptionKey: encryptionKeyArn,
  };

  return (
    <>
      {mediaKinds.map(({ kind, coldAfterDays }) => (
        <Bucket
          key={`media-${kind}`}
          {...privateBucket}
          name={`messaging-media-${kind}`}
          lifecycle={{ transitionDays: coldAfterDays, storageClass: 'STANDARD_IA' }}
          cors={{ origins: [`https://${domain}`], methods: ['GET', 'PUT'] }}
        />
      ))}

      <Bucket key="static-assets" name="messaging-static-assets" region={region} versioned={false} publicRead />

      {enableBackups && (
        <Bucket
          key="backups"
          {...privateBucket}
          name="messaging-backups"
          lifecycle={{ transitionDays: 7, expireDays: retention.backupDays, storageClass: 'GLACIER' }}
        />
      )}

      <FileSystem
        key="shared-files"
        name="messaging-shared"
        region={region}
        performance="generalPurpose"
        throughput="elastic"
        encryptionKey={encryptionKeyArn}
      />
    </>
  );
}
