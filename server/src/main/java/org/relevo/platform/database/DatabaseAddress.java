package org.relevo.platform.database;

/** How to reach the database, and the two roles that we use there. */
record DatabaseAddress(String url, Role owner, Role application) {

    /** A role and its password. */
    record Role(String username, String password) {

        @Override
        public String toString() {
            return username;
        }
    }
}
