import type { CDPSession } from 'playwright';

/** Bytes of the page's heap, by whose they are. */
export interface Heap {
  /** Objects, closures, strings, numbers: what the page's own code holds on to. */
  readonly objects: number;
  /** What V8 compiled, more of it the longer a page runs. */
  readonly code: number;
  /** The browser's own, its notes for the developer tools among them. */
  readonly native: number;
}

/** The parts of V8's heap snapshot that are used here. */
interface Snapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: string[]; readonly node_types: [string[]] };
  };
  /** As many numbers for each node as there are fields. */
  readonly nodes: readonly number[];
}

/** What is left after everything was collected that can be. */
export async function weighHeap(devtools: CDPSession): Promise<Heap> {
  const chunks: string[] = [];
  const take = ({ chunk }: { chunk: string }) => void chunks.push(chunk);
  devtools.on('HeapProfiler.addHeapSnapshotChunk', take);
  await devtools.send('HeapProfiler.takeHeapSnapshot');
  devtools.off('HeapProfiler.addHeapSnapshotChunk', take);
  const { snapshot, nodes } = JSON.parse(chunks.join('')) as Snapshot;
  const fields = snapshot.meta.node_fields;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  const heap = { objects: 0, code: 0, native: 0 };
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = snapshot.meta.node_types[0][nodes[at + type] ?? 0];
    const part = kind === 'code' || kind === 'native' ? kind : 'objects';
    heap[part] += nodes[at + size] ?? 0;
  }
  return heap;
}
