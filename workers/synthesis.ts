import { serve } from "../src/boundary/serve.ts";
import { synthesisService } from "../src/services/synthesis.ts";

serve(synthesisService);
