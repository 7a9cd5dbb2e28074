import { serve } from "../src/boundary/serve.ts";
import { libraryService } from "../src/services/library.ts";

serve(libraryService);
