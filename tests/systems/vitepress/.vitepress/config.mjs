/** The settings of the small site. */
export default {
  title: 'Tide Tables',
  srcExclude: ['private/**'],
};
