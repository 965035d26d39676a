/* office: what the pages of leaders and liaisons ask of whoever opens them. */
#ifndef MUSTER_WEB_OFFICE_H
#define MUSTER_WEB_OFFICE_H
#include "web/site.h"

/* Of the rows of the view `team`: a commander sees every team; his own are those whose office he holds himself. */
bool office_is_mine(const web *w, const rows *teams, size_t i);
/* Of the newest operation, for what belongs to none; UTC where there is none yet. */
err *office_zone(web *w, str *out);
#endif
