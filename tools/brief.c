/* brief PROMPT TASK FACTS DATA PACKAGES: fills PROMPT's slots task, facts,
 * data and packages: what every stage that writes code is told.
 */
#include "lib/lib.h"

int
main(int argc, char **argv)
{
	static const char *slots[] = {"task", "facts", "data", "packages"};
	cJSON *inputs = cJSON_CreateObject();
	size_t n;
	char *s;
	int i;

	if (argc != 6)
		usage("prompt task facts data packages");
	for (i = 0; i < 4; i++) {
		s = slurp(argv[2 + i], &n);
		cJSON_AddStringToObject(inputs, slots[i], clean(s, n));
	}
	put_text(fill(argv[1], slurp(argv[1], NULL), inputs));
}
