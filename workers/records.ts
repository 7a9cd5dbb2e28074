import { serve } from "../src/boundary/serve.ts";
import { recordsService } from "../src/services/records.ts";

serve(recordsService);
