import { describeStore } from '../contract/store.ts';
import { createSimulatedStore } from './simulated-store.ts';

describeStore('simulated', async () => ({ store: createSimulatedStore(), close: async () => undefined }), {
  versionsOfBytes: true,
  sharesBytes: true,
});
