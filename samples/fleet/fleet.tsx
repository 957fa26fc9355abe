// NODES machines in racks of ten: the first of a rack is its gateway, the others are told the gateway's address.
// For measuring, so the size comes from the environment and the provider makes nothing.
import { CReact, MockCloudProvider, useInstance } from 'creact';

interface MachineProps {
  name: string;
  image: string;
  memoryGb: number;
  uplink?: string;
}

class Machine {
  constructor(public props: MachineProps) {}
  declare outputs: { address: string };
  static mockOutputs(props: MachineProps) {
    return { address: `${props.name}.fleet.internal` };
  }
}

const rackSize = 10;

function Rack({ names }: { names: string[] }) {
  const [first, ...others] = names;
  const gateway = useInstance(Machine, { key: first, name: first!, image: 'gateway-12', memoryGb: 4 });
  return (
    <>
      {others.map(name => (
        <Machine key={name} name={name} image="worker-12" memoryGb={16} uplink={gateway.outputs.address} />
      ))}
    </>
  );
}

function Fleet({ size }: { size: number }) {
  const names = Array.from({ length: size }, (_, index) => `node-${String(index).padStart(6, '0')}`);
  const racks = Array.from({ length: Math.ceil(size / rackSize) }, (_, index) =>
    names.slice(index * rackSize, (index + 1) * rackSize),
  );
  return (
    <>
      {racks.map((rack, index) => (
        <Rack key={index} names={rack} />
      ))}
    </>
  );
}

CReact.provider = new MockCloudProvider({ latencyMs: Number(process.env.LATENCY_MS ?? '0') });

await CReact.renderCloudDOM(<Fleet size={Number(process.env.NODES ?? '10')} />, 'fleet');
